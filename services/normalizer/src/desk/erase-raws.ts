import type { Bus, Stored } from '@newswire/bus'
import { type RawItem, rawContentTypes, rawIdOf, toToken } from '@newswire/model'
import { type ItemKeys, newestOf } from '../life/publish-version.js'
import { normalise } from '../normalise.js'

/** Raw items that one decision looks through: half a minute's work where the machine is busy. */
const rawsPerDecisionMax = 5_000
/** Raw items that are read at a time. */
const rawsAtOnce = 16
/** An id of a wire that is shorter stands in many texts by chance. */
const wireIdCharsMin = 6

/** Which raw items are sought. */
export interface Search {
  readonly ids: ReadonlySet<string>
  readonly wires: ReadonlySet<string>
  /** Exclusive sequence in RAW. */
  readonly after: number
  /** How many are looked at; default `rawsPerDecisionMax`. */
  readonly max?: number
}

export interface Found {
  readonly raws: readonly Stored<RawItem>[]
  /** Up to here all were looked at. */
  readonly upTo: number
  /** The end of the stream when the search began. */
  readonly last: number
}

/**
 * The raw items that say what an item says, also those that made no version: each is read as the
 * normalizer reads it. What can't be read became no item; it is found where it holds the wire's own
 * id of the release.
 */
export async function searchRaws(bus: Bus, search: Search): Promise<Found> {
  const { ids, wires, after, max = rawsPerDecisionMax } = search
  const stream = (await bus.streams()).find((each) => each.stream === 'RAW')
  const last = stream?.lastSequence ?? 0
  const first = Math.max(after + 1, stream?.firstSequence ?? 1)
  const upTo = Math.min(last, first + max - 1)
  const raws: Stored<RawItem>[] = []
  for (let from = first; from <= upTo; from += rawsAtOnce) {
    const length = Math.min(rawsAtOnce, upTo - from + 1)
    const read = await Promise.all(Array.from({ length }, (_, at) => readRaw(bus, from + at)))
    const found = read.filter((raw) => raw !== undefined)
    raws.push(...found.filter(({ value }) => isOf(value, ids, wires)))
  }
  return { raws, upTo: Math.max(upTo, after), last }
}

/** The raw items that made the versions of an item, as far as they still stand. */
export async function rawsOf(bus: Bus, keys: ItemKeys): Promise<Stored<RawItem>[]> {
  const lineage = (await newestOf(bus, keys))?.lineage ?? []
  const read = await Promise.all(lineage.map(({ rawSequence }) => readRaw(bus, rawSequence)))
  return read.filter((raw) => raw !== undefined).filter(({ value }) => !isDecision(value))
}

/**
 * Takes raw items away for good, with their dead letters and receipts. Whoever keeps the files that
 * they came in is told first, by the fact of the erasure: afterwards nobody could tell which.
 */
export async function eraseRaws(
  bus: Bus,
  item: string,
  raws: readonly Stored<RawItem>[],
): Promise<void> {
  const newest = raws.at(-1)
  if (newest === undefined) return
  const sequences = new Set(raws.map(({ sequence }) => sequence))
  const files = raws.filter(({ value }) => value.door === 'drop').map(({ value }) => fileOf(value))
  const detail = { raws: [...sequences], files }
  const fact = { actor: 'desk', action: 'item.erased', subject: item, at: newest.value.received }
  const id = `erased:${item}:${[...sequences].join(',')}`
  await bus.publish('audit', { ...fact, detail }, { actor: 'desk' }, { id })
  await bus.deadLetters.erase({ stream: 'RAW', sequences })
  for (const rawSequence of sequences) {
    const receipt = await bus.latest('receipt', { rawSequence })
    if (receipt) await bus.erase('receipt', receipt.sequence)
    await bus.erase('item.raw', rawSequence)
  }
}

/** What a dropped file is known by: never its name, which may say too much. */
function fileOf({ contentType, body }: RawItem): string {
  return rawIdOf('drop', contentType, body)
}

function isOf(raw: RawItem, ids: ReadonlySet<string>, wires: ReadonlySet<string>): boolean {
  if (isDecision(raw)) return false
  if (raw.wire !== undefined && !wires.has(toToken(raw.wire))) return false
  try {
    return ids.has(normalise(raw).id)
  } catch {
    return [...ids].some((id) => holdsWireId(raw.body, id))
  }
}

function holdsWireId(body: string, id: string): boolean {
  const wireId = id.slice(id.indexOf('-') + 1)
  return wireId.length >= wireIdCharsMin && body.includes(wireId)
}

function isDecision({ contentType }: RawItem): boolean {
  return contentType === rawContentTypes.decision
}

/** Undefined where it is gone, or is no raw item. */
async function readRaw(bus: Bus, sequence: number): Promise<Stored<RawItem> | undefined> {
  try {
    return await bus.read('item.raw', sequence)
  } catch (error) {
    if (error instanceof Error && error.name === 'UnreadableError') return undefined
    throw error
  }
}
