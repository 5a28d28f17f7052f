import type { Bus, Delivered, Stored } from '@newswire/bus'
import { PermanentError } from '@newswire/bus'
import {
  aliasSchema,
  type Decision,
  decisionSchema,
  type NormalizedItem,
  type RawItem,
  trace,
} from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { type ItemKeys, newestOf, type Outcome } from '../life/publish-version.js'
import { type Moment, released, toldAs, withdrawn } from './decide.js'
import { createEraser } from './erase.js'
import { join } from './join.js'
import { writeNext } from './write-next.js'

export interface DeskOptions {
  readonly bus: Bus
  readonly store: Pick<Store, 'itemState' | 'rewriteLog'>
  readonly log: Log
  readonly clock: Clock
}

interface Decided {
  readonly decision: Decision
  readonly keys: ItemKeys
  /** The decision as it came in. */
  readonly raw: RawItem
  readonly moment: Moment
}

/** What people decide of items becomes their next facts. Safe to run twice, late, beside itself. */
export function createDesk({ bus, store, log, clock }: DeskOptions) {
  const erase = createEraser({ bus, store, log })

  async function keysOf(id: string): Promise<ItemKeys> {
    const state = await store.itemState(id)
    if (state) return { id, wire: state.wire }
    // The read model may be on its way: the decision is tried again.
    throw new Error(`There is no item ${id}, or the read model does not have it yet.`)
  }

  async function apply({ decision, keys, raw, moment }: Decided): Promise<Outcome> {
    switch (decision.action) {
      case 'withdraw':
        return writeNext({ bus, keys, moment, decide: (before) => withdrawn(before, moment) })
      case 'release':
        return writeNext({
          ...{ bus, keys, moment },
          decide: async (before) =>
            released(before, await lastUsable(bus, before.standing), moment),
        })
      case 'story': {
        const { story } = decision
        const first = story === null ? undefined : await firstOf({ bus, store }, story)
        return writeNext({ bus, keys, moment, decide: (before) => toldAs(before, first) })
      }
      case 'correct': {
        const aliases = await bus.register('aliases', aliasSchema)
        const notice = await keysOf(decision.by)
        return join({ bus, aliases, target: keys, notice, moment, actor: actorOf(raw) })
      }
      case 'erase':
        return erase({ decision, keys, raw, moment })
    }
  }

  return async function handle({ value: raw, sequence }: Delivered<RawItem>): Promise<void> {
    const decision = decisionOf(raw)
    const moment = { rawSequence: sequence, at: raw.received }
    const keys = await keysOf(decision.item)
    // On record before it is carried out, which may take long.
    await audit(bus, decision, raw, sequence)
    const outcome = await apply({ decision, keys, raw, moment })
    if (outcome.outcome === 'version') {
      const { item } = outcome
      const said = { ...trace(item, clock.now()), action: decision.action }
      return log.info(said, 'decision applied')
    }
    if (outcome.outcome === 'repeated') return
    const { outcome: state, version, reason } = outcome
    const receipt = { rawSequence: sequence, state, id: decision.item, version, reason }
    const id = `receipt:${sequence}`
    await bus.publish('receipt', receipt, { rawSequence: sequence }, { id })
  }
}

/** The item that tells a story first: a story of a story would make two of one. */
async function firstOf(
  { bus, store }: Pick<DeskOptions, 'bus' | 'store'>,
  id: string,
): Promise<string> {
  const state = await store.itemState(id)
  const other = state && (await newestOf(bus, { id, wire: state.wire }))
  return other?.item?.story ?? id
}

function decisionOf({ body, door }: RawItem): Decision {
  const parsed = door === 'desk' ? decisionSchema.safeParse(jsonOf(body)) : undefined
  if (parsed?.success) return parsed.data
  throw new PermanentError(
    'This is no decision. Decide through the API: POST /api/v1/items/{id}/withdraw, /release, /link or /erase.',
  )
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** The newest text that the item had. */
async function lastUsable(bus: Bus, item: NormalizedItem): Promise<NormalizedItem | undefined> {
  let last: Stored<NormalizedItem> | undefined
  for await (const fact of bus.history('item.normalized', item)) {
    if (fact.value.status === 'usable') last = fact
  }
  return last?.value
}

const actions = {
  withdraw: 'item.withdraw',
  release: 'item.release',
  correct: 'item.link',
  story: 'item.link',
  erase: 'item.erase',
} as const

async function audit(bus: Bus, decision: Decision, raw: RawItem, sequence: number): Promise<void> {
  // An erasure goes on by decisions of its own; the person made one.
  if (decision.action === 'erase' && decision.after > 0) return
  const { action, ...detail } = decision
  const actor = actorOf(raw)
  const fact = { actor, action: actions[action], subject: decision.item, at: raw.received, detail }
  await bus.publish('audit', fact, { actor }, { id: `decision:${sequence}` })
}

function actorOf({ pushedBy }: RawItem): string {
  return pushedBy ?? 'desk'
}
