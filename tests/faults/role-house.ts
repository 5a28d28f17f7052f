import { type Role, type RoleName, startNats, startRedis, startRole } from '@newswire/kit'
import { vi } from 'vitest'
import { type Moment, type NatsTap, startNatsTap } from './nats-tap.js'

/** Roles that are killed, each behind a tap of its own. */
const tapped = ['intake', 'normalizer'] as const
export type TappedRole = (typeof tapped)[number]

const adminKey = `nw_${'k'.repeat(43)}`
const startsWithin = { timeout: 30_000, interval: 20 }

/** Every role in a process of its own, two of which can be killed at an exact moment. */
export interface RoleHouse extends AsyncDisposable {
  /** Where the outside reads feeds and items. */
  readonly url: string
  /** `fetch` of a path with the admin's key, from the role that answers it. */
  api(path: string, init?: RequestInit): Promise<Response>
  /** kill -9 of a role at the moment; resolves when it is dead. */
  killAt(name: TappedRole, moment: Moment): Promise<void>
  kill(name: TappedRole): Promise<void>
  /** Starts a role that was killed; resolves once it answers, if it is one that listens. */
  restart(name: TappedRole): Promise<void>
}

const homes: readonly (readonly [RegExp, RoleName])[] = [
  [/^\/api\/v1\/(?:sources|receipts)/, 'intake'],
  [/^\/api\/v1\/webhooks/, 'webhooks'],
  [/^\/api\/v1\/(?:status|dead-letters)/, 'dashboard'],
  [/^\/(?:api\/v1\/items|feeds|items)/, 'feeds'],
]

export async function startRoleHouse(): Promise<RoleHouse> {
  const [nats, redis] = await Promise.all([startNats(), startRedis()])
  const taps = new Map<RoleName, NatsTap>()
  for (const name of tapped) taps.set(name, await startNatsTap(nats))
  const roles = new Map<RoleName, Role>()
  const start = (name: RoleName) => {
    const settings = {
      ...{ NATS_URL: taps.get(name)?.url ?? nats.url, REDIS_URL: redis.url },
      ...{ ADMIN_KEY: adminKey, SECRETS_KEY: 'one-key-for-all-the-roles-of-the-house' },
      ...{ SOURCES: 'none', OUTBOUND_ALLOW: '127.0.0.1/32', HOST: '127.0.0.1', PORT: '0' },
      ...{ PUBLIC_URL: 'http://wire.example.org', WEBHOOKS_INSTANCE: 'the-only-one' },
    }
    roles.set(name, startRole(name, settings))
  }
  const role = (name: RoleName): Role => {
    const found = roles.get(name)
    if (!found) throw new Error(`${name} was not started.`)
    return found
  }
  const urlOf = (name: RoleName) => role(name).url() ?? ''
  const listens = (name: RoleName) =>
    vi.waitFor(() => {
      if (urlOf(name) === '') throw new Error(`${name} does not listen:\n${role(name).written()}`)
    }, startsWithin)
  const listening = ['intake', 'tagger', 'feeds', 'webhooks', 'dashboard'] as const
  // The dashboard makes the admin's key; who starts before it knows no caller yet.
  for (const name of [...listening, 'normalizer'] as const) start(name)
  for (const name of listening) await listens(name)

  async function kill(name: TappedRole): Promise<void> {
    role(name).signal('SIGKILL')
    await role(name).exited
  }
  return {
    get url() {
      return urlOf('feeds')
    },
    kill,
    async killAt(name, moment) {
      await taps.get(name)?.reach(moment)
      await kill(name)
    },
    async restart(name) {
      start(name)
      if (name === 'intake') await listens(name)
    },
    api(path, init = {}) {
      const isPush = path === '/api/v1/items' && init.method === 'POST'
      const home = isPush ? 'intake' : homes.find(([paths]) => paths.test(path))?.[1]
      if (home === undefined) throw new Error(`No role is known to answer ${path}.`)
      const headers = { authorization: `Bearer ${adminKey}`, ...init.headers }
      return fetch(new URL(path, urlOf(home)), { ...init, headers })
    },
    async [Symbol.asyncDispose]() {
      for (const each of roles.values()) each.signal('SIGKILL')
      await Promise.all([...roles.values()].map(({ exited }) => exited))
      for (const tap of taps.values()) await tap[Symbol.asyncDispose]()
      await Promise.all([nats.stop(), redis.stop()])
    },
  }
}
