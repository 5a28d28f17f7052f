import type { Bus, Row, Stored } from '@newswire/bus'
import {
  type Alias,
  aliasSchema,
  type Decision,
  handTagsSchema,
  isErased,
  type RawItem,
  type TaggedItem,
  toToken,
} from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { revisionIdOf } from '../life/compose.js'
import {
  type ItemKeys,
  newestOf,
  type Outcome,
  triesMax,
  unlessRaced,
} from '../life/publish-version.js'
import { erased, type Moment } from './decide.js'
import { eraseRaws, rawsOf, searchRaws } from './erase-raws.js'

export interface EraserOptions {
  readonly bus: Bus
  readonly store: Pick<Store, 'itemState' | 'rewriteLog'>
  readonly log: Log
}

export interface Erasure {
  readonly decision: Extract<Decision, { action: 'erase' }>
  readonly keys: ItemKeys
  /** The decision as it came in. */
  readonly raw: RawItem
  readonly moment: Moment
}

/** Everything that the text of an item came in or stands under. */
interface Scope {
  /** The item, and the notices that were joined to it. */
  readonly items: readonly [ItemKeys, ...ItemKeys[]]
  readonly ids: ReadonlySet<string>
}

/**
 * Erases an item by law: first the tombstone, inside and outside, then every older fact, then what
 * came in. Each step can be done again, so a worker that dies half-way costs nothing but time.
 */
export function createEraser({ bus, store, log }: EraserOptions) {
  async function scopeOf({ id, wire }: ItemKeys): Promise<Scope> {
    const aliases = await bus.register('aliases', aliasSchema)
    const rows = leadingTo(id, await aliases.rows())
    const notices: ItemKeys[] = []
    for (const { key, value } of rows) {
      const state = await store.itemState(value.id)
      if (state) notices.push({ id: value.id, wire: state.wire })
      // The reason may quote a headline.
      await aliases.put(key, { ...value, reason: 'Erased by law.' })
    }
    const ids = new Set([id, ...rows.map(({ value }) => value.id)])
    return { items: [{ id, wire }, ...notices], ids }
  }

  async function eraseFacts(keys: ItemKeys): Promise<void> {
    for (const name of ['item.normalized', 'item.tagged'] as const) {
      await bus.eraseOlder(name, keys)
    }
  }

  /** Goes through RAW piece by piece: what is left is a decision of its own. */
  async function goOn({ decision, raw }: Erasure, scope: Scope): Promise<boolean> {
    const wires = new Set(scope.items.map(({ wire }) => wire))
    const found = await searchRaws(bus, { ids: scope.ids, wires, after: decision.after })
    await eraseRaws(bus, decision.item, found.raws)
    log.info({ raw: found.upTo, of: found.last, found: found.raws.length }, 'raw items searched')
    if (found.upTo >= found.last) return false
    const next: Decision = { ...decision, after: found.upTo }
    const id = `erase:${decision.item}:${found.upTo}`
    await bus.publish('item.raw', { ...raw, body: JSON.stringify(next) }, raw, { id })
    return true
  }

  async function eraseItem({ decision, moment }: Erasure, keys: ItemKeys): Promise<Outcome> {
    const outcome = await endOf(bus, keys, moment)
    await eraseFacts(keys)
    if (decision.after === 0) await eraseRaws(bus, decision.item, await rawsOf(bus, keys))
    return outcome
  }

  async function eraseTraces({ keys }: Erasure, scope: Scope): Promise<void> {
    const handTags = await bus.register('handTags', handTagsSchema)
    for (const id of scope.ids) {
      if (await handTags.get(toToken(id))) await handTags.delete(toToken(id))
    }
    // Receivers may have answered with what they were sent.
    for (const { id } of scope.items) await bus.eraseAnswers({ item: id })
    // A version that was on its way out while the tombstone was written may stand behind it.
    for (const each of scope.items) await eraseFacts(each)
    await rewriteRedis(keys)
  }

  async function rewriteRedis(keys: ItemKeys): Promise<void> {
    const inside = await bus.latest('item.normalized', keys)
    const outside = await bus.latest('item.tagged', keys)
    const places = { items: inside?.sequence ?? 0, tagged: outside?.sequence ?? 0 }
    if (await store.rewriteLog(places)) return
    log.warn('redis has not written its append-only file anew: see that it does (BGREWRITEAOF)')
  }

  return async function erase(erasure: Erasure): Promise<Outcome> {
    const scope = await scopeOf(erasure.keys)
    const [own, ...notices] = scope.items
    const outcome = await eraseItem(erasure, own)
    for (const notice of notices) await eraseItem(erasure, notice)
    if (!(await goOn(erasure, scope))) await eraseTraces(erasure, scope)
    return outcome
  }
}

/** The aliases of an item, also those that lead to it by way of another. */
function leadingTo(id: string, rows: readonly Row<Alias>[]): Row<Alias>[] {
  const ids = new Set([id])
  let found: Row<Alias>[] = []
  for (let size = 0; size < ids.size; ) {
    size = ids.size
    found = rows.filter(({ value }) => ids.has(value.item) && value.id !== id)
    for (const { value } of found) ids.add(value.id)
  }
  return found
}

/** The tombstone, inside and then outside, where it does not stand yet. */
async function endOf(bus: Bus, keys: ItemKeys, moment: Moment): Promise<Outcome> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const base = await newestOf(bus, keys)
    const standing = base?.item
    if (!standing) throw new Error(`Stream ITEMS holds no version of item ${keys.id}.`)
    const shown = await bus.latest('item.tagged', keys)
    if (isErased(standing)) {
      await endOutside(bus, { ...standing, tagging: 1, vocabulary: '', tags: [] }, shown)
      const isOwn = standing.precedence.rawSequence === moment.rawSequence
      const reason = 'the item was erased before'
      return isOwn
        ? { outcome: 'repeated' }
        : { outcome: 'unchanged', version: standing.version, reason }
    }
    const item = erased({ standing, shown: shown?.value }, moment)
    const id = `${item.id}:${item.version}:${moment.rawSequence}`
    const options = { id, expect: base.sequence }
    if (!(await unlessRaced(bus.publish('item.normalized', item, item, options)))) continue
    await endOutside(bus, { ...item, tagging: 1, vocabulary: '', tags: [] }, shown)
    return { outcome: 'version', item }
  }
  throw new Error('Other workers kept writing newer versions of the same item.')
}

async function endOutside(
  bus: Bus,
  end: TaggedItem,
  known: Stored<TaggedItem> | undefined,
): Promise<void> {
  let shown = known
  for (let tries = 0; tries < triesMax; tries += 1) {
    if (!shown || shown.value.version >= end.version) return
    const tagged = { ...end, vocabulary: shown.value.vocabulary }
    const options = { id: revisionIdOf(tagged), expect: shown.sequence }
    await unlessRaced(bus.publish('item.tagged', tagged, end, options))
    shown = await bus.latest('item.tagged', end)
  }
  throw new Error('Other workers kept writing newer public versions of the same item.')
}
