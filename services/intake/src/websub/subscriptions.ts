import { randomBytes, timingSafeEqual } from 'node:crypto'
import { type Bus, changeRow, type Register } from '@newswire/bus'
import { type HubSubscription, shortHash, subscriptionSchema } from '@newswire/model'
import type { SecretBox } from '@newswire/runtime'
import type { Hub } from '../poll/position.js'

/** 192 bits: nobody finds a callback by trying. */
const tokenBytes = 24
/** Below the 200 bytes of REC WebSub 5.1. */
const secretBytes = 32
const keyChars = shortHash('').length

/** The rows of register `subscriptions`: one per source, found by its callback too. */
export interface Subscriptions {
  readonly register: Register<HubSubscription>
  get(source: string): Promise<HubSubscription | undefined>
  /** The row whose callback ends in this id; undefined where the id is not exactly right. */
  byCallback(id: string): Promise<HubSubscription | undefined>
  /** Compare-and-set; an absent row is given as undefined, and undefined leaves all as it is. */
  change(
    source: string,
    change: (row: HubSubscription | undefined) => HubSubscription | undefined,
  ): Promise<HubSubscription | undefined>
  delete(source: string): Promise<void>
}

export function subscriptionKey(source: string): string {
  return shortHash('websub', source)
}

/** Of `/websub/{id}`. */
export function callbackIdOf({ source, token }: HubSubscription): string {
  return `${subscriptionKey(source)}${token}`
}

export async function openSubscriptions(bus: Bus): Promise<Subscriptions> {
  const register = await bus.register('subscriptions', subscriptionSchema)
  return {
    register,
    get: async (source) => (await register.get(subscriptionKey(source)))?.value,
    async byCallback(id) {
      if (!/^[\w-]{30,100}$/.test(id)) return undefined
      const row = (await register.get(id.slice(0, keyChars)))?.value
      return row && isEqual(callbackIdOf(row), id) ? row : undefined
    },
    change: (source, change) => changed(register, source, change),
    delete: (source) => register.delete(subscriptionKey(source)),
  }
}

/** A subscription that nobody was asked for yet, with a callback and a secret of its own. */
export function newSubscription(source: string, hub: Hub, secrets: SecretBox): HubSubscription {
  const secret = randomBytes(secretBytes).toString('base64url')
  return {
    source,
    hub: hub.url,
    topic: hub.topic,
    base: hub.base,
    token: randomBytes(tokenBytes).toString('base64url'),
    secret: secrets.seal(secret, secretContext(source)),
    wish: 'subscribe',
    tries: 0,
  }
}

/** Binds a sealed secret to its subscription. */
export function secretContext(source: string): string {
  return `subscription:${source}`
}

async function changed(
  register: Register<HubSubscription>,
  source: string,
  change: (row: HubSubscription | undefined) => HubSubscription | undefined,
): Promise<HubSubscription | undefined> {
  const { stood, written } = await changeRow(register, subscriptionKey(source), change)
  return written ?? stood
}

function isEqual(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
