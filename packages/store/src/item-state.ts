import type { LineageEntry, NormalizedItem } from '@newswire/model'
import type { ItemState } from './store.js'

/** Names would be most of the bytes, and there is one of these per item: hence tuples. */
type Packed = [
  wire: string,
  version: number,
  status: ItemState['status'],
  complete: 0 | 1,
  embargoUntil: string | null,
  lineage: PackedEntry[],
]

type PackedEntry = [
  version: number,
  rawSequence: number,
  contentHash: string,
  sourceVersion: number | null,
  modified: string | null,
  marks?: number,
  via?: string,
]

/** What a version was, as bits of one number. */
const markBits = { withdrawn: 1, byPerson: 2, erased: 4, corrects: 8 } as const
type MarkName = keyof typeof markBits
const markNames = Object.keys(markBits) as MarkName[]

/** `<sequence> <packed JSON>`: scripts compare the sequence without reading the rest. */
export function packState(item: NormalizedItem, sequence: number): string {
  const packed: Packed = [
    item.wire,
    item.version,
    item.status,
    item.body.complete ? 1 : 0,
    item.embargoUntil ?? null,
    item.lineage.map(packEntry),
  ]
  return `${sequence} ${JSON.stringify(packed)}`
}

export function unpackState(id: string, text: string): ItemState {
  const gap = text.indexOf(' ')
  const packed = JSON.parse(text.slice(gap + 1)) as Packed
  const [wire, version, status, complete, embargoUntil, lineage] = packed
  return {
    id,
    wire,
    version,
    status,
    complete: complete === 1,
    ...(embargoUntil === null ? {} : { embargoUntil }),
    sequence: Number(text.slice(0, gap)),
    lineage: lineage.map(unpackEntry),
  }
}

function packEntry(entry: LineageEntry): PackedEntry {
  const { version, rawSequence, contentHash, sourceVersion, modified } = entry
  const marks = markNames.reduce((bits, name) => bits | (entry[name] ? markBits[name] : 0), 0)
  const always = [
    version,
    rawSequence,
    contentHash,
    sourceVersion ?? null,
    modified ?? null,
  ] as const
  if (entry.via !== undefined) return [...always, marks, entry.via]
  return marks === 0 ? [...always] : [...always, marks]
}

function unpackEntry([
  version,
  raw,
  contentHash,
  sourceVersion,
  modified,
  marks = 0,
  via,
]: PackedEntry): LineageEntry {
  return {
    version,
    rawSequence: raw,
    contentHash,
    ...(sourceVersion === null ? {} : { sourceVersion }),
    ...(modified === null ? {} : { modified }),
    ...(via === undefined ? {} : { via }),
    ...Object.fromEntries(
      markNames.filter((name) => marks & markBits[name]).map((name) => [name, true as const]),
    ),
  }
}
