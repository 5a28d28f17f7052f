import type { Register } from '@newswire/bus'
import { schemaOf } from '@newswire/http'
import { type Alias, type Decision, toToken } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { ItemState, Store } from '@newswire/store'
import { z } from 'zod'
import {
  checkJoinable,
  checkLink,
  checkNotErased,
  checkOther,
  checkReleasable,
  checkStory,
  checkUsable,
  isJoined,
  noItem,
} from './decision-checks.js'

const reasonCharsMax = 500
const reason = z.string().trim().min(1).max(reasonCharsMax)
const itemId = z.string().min(1).max(200)
const reasonedSchema = z.strictObject({ reason })
const releaseSchema = z.strictObject({ reason: reason.optional() })
const linkSchema = z.strictObject({
  corrects: itemId.optional(),
  story: itemId.nullable().optional(),
})

/** One thing that can be asked for: what the API says of it, and what it makes of a request. */
export interface DecisionRequest {
  readonly verb: 'withdraw' | 'release' | 'link' | 'erase'
  readonly summary: string
  readonly body: object
  /** Problem where it can't be decided, with what to do instead. */
  readonly read: (id: string, body: unknown) => Promise<Decision>
}

export interface DecisionRequestsOptions {
  readonly store: Pick<Store, 'itemState' | 'publicItem'>
  readonly aliases: Register<Alias>
  readonly clock: Clock
}

/** All that people can decide, and what has to be so for it. */
export function decisionRequests(options: DecisionRequestsOptions): readonly DecisionRequest[] {
  const { aliases, clock } = options
  const find = (id: string) => found(options, id)
  return [
    {
      verb: 'withdraw',
      summary: 'Takes an item back, until a person releases it',
      body: schemaOf(reasonedSchema),
      async read(id, body) {
        const given = reasonedSchema.parse(body)
        checkNotErased(await find(id))
        return { action: 'withdraw', item: id, ...given }
      },
    },
    {
      verb: 'release',
      summary: 'Lets a held item out at once, or one that a person withdrew',
      // Most releases need no words, and so no body.
      body: { ...schemaOf(releaseSchema), type: ['object', 'null'] },
      async read(id, body) {
        const given = releaseSchema.parse(body ?? {})
        checkReleasable(await find(id), clock.now())
        const why = given.reason === undefined ? {} : { reason: given.reason }
        return { action: 'release', item: id, ...why }
      },
    },
    {
      verb: 'link',
      summary: 'Joins a notice to the item that it speaks of, or tells an item’s story',
      body: schemaOf(linkSchema),
      read: (id, body) => readLink(options, id, body),
    },
    {
      verb: 'erase',
      summary: 'Erases every word of an item by law, for ever',
      body: schemaOf(reasonedSchema),
      async read(id, body) {
        const given = reasonedSchema.parse(body)
        await find(id)
        const alias = (await aliases.get(toToken(id)))?.value
        if (alias) throw isJoined(alias, 'erase that one, and this one goes with it')
        return { action: 'erase', item: id, after: 0, ...given }
      },
    },
  ]
}

async function readLink(
  options: DecisionRequestsOptions,
  id: string,
  body: unknown,
): Promise<Decision> {
  const { store, aliases } = options
  const { corrects, story = null } = checkLink(linkSchema.parse(body))
  const item = await found(options, id)
  checkNotErased(item)
  if (corrects !== undefined) {
    checkOther(id, corrects)
    for (const each of [item, await found(options, corrects)]) {
      checkJoinable(each, (await aliases.get(toToken(each.id)))?.value)
    }
    return { action: 'correct', item: corrects, by: id }
  }
  checkUsable(item)
  if (story !== null) {
    await found(options, story)
    const [own, other] = await Promise.all([store.publicItem(id), store.publicItem(story)])
    checkStory(id, story, { own, other })
  }
  return { action: 'story', item: id, story }
}

/** What came in as a notice may never have been an item of its own. */
async function found(
  { store, aliases }: Pick<DecisionRequestsOptions, 'store' | 'aliases'>,
  id: string,
): Promise<ItemState> {
  const state = await store.itemState(id)
  if (state) return state
  const alias = (await aliases.get(toToken(id)))?.value
  throw alias ? isJoined(alias, 'use that one') : noItem(id)
}
