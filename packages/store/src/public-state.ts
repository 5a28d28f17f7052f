import { deflateSync, inflateSync } from 'node:zlib'
import { facetsOf, isErased, outward, placeOf, shortHash, type TaggedItem } from '@newswire/model'
import type { PublicItem, PublicState } from './store.js'
import { wordBits } from './words.js'

/**
 * An item's public state is text: a line `version tagging sequence status places`, then one line
 * per facet. Scripts test a facet by finding its whole line. `places` are the earlier sequences of
 * the item in TAGGED, newest first, joined by commas.
 */
export function unpackPublicState(id: string, text: string): PublicState {
  const head = text.slice(0, text.indexOf('\n'))
  const [version, tagging, sequence, status] = head.split(' ')
  return {
    id,
    version: Number(version),
    revision: `${version}.${tagging}`,
    sequence: Number(sequence),
    status: status as PublicState['status'],
  }
}

/** Where earlier versions of the item stand in TAGGED, newest first. */
export function formerSequences(text: string): readonly number[] {
  const [, , , , places = ''] = text.slice(0, text.indexOf('\n')).split(' ')
  return places === '' ? [] : places.split(',').map(Number)
}

/** A facet as a line of the state and as the end of its set's key. */
export function facetLine(facet: string): string {
  return facet.replaceAll('\n', ' ')
}

/** No filter asks for it: queries without the right leave out what has it. */
export const privateLine = 'rights:private'

/** `\nregion:CN\nlang:de\n` */
export function facetLines(item: TaggedItem): string {
  const rights = item.rights === 'private' ? [privateLine] : []
  return `\n${[...[...facetsOf(item)].map(facetLine), ...rights].join('\n')}\n`
}

/** The item as Redis keeps it. Of a withdrawn one no word of the text stays behind. */
export function keptForm(item: TaggedItem): TaggedItem {
  return item.status === 'usable' ? item : outward(item)
}

/**
 * `<sequence> <deflated JSON>`: whoever reads the item reads its place in the same step. An item
 * says most things twice, so that a third of its bytes is left.
 */
export function packFull(kept: TaggedItem, sequence: number): Buffer {
  const packed = deflateSync(JSON.stringify(kept), { level: deflateLevel })
  return Buffer.concat([Buffer.from(`${sequence} `), packed])
}

export function unpackFull(bytes: Buffer): PublicItem {
  const gap = bytes.indexOf(' ')
  const packed = bytes.subarray(gap + 1)
  return {
    item: JSON.parse(inflateSync(packed).toString()) as TaggedItem,
    sequence: Number(bytes.toString('latin1', 0, gap)),
  }
}

/** Stands for all facts in a row of blocks. */
export const everyMark = '*'
const markChars = 8

/** A facet in a row of blocks: what is erased by law leaves no name there. */
export function blockMark(facet: string): string {
  return shortHash(facet).slice(0, markChars)
}

/** What the script needs of one version, in the order in which it unpacks them. */
export function publicEntry(item: TaggedItem, sequence: number): (string | number | Buffer)[] {
  const { id, version, tagging, status } = item
  const place = placeOf(item, sequence)
  const marks = place === sequence ? [everyMark, ...[...facetsOf(item)].map(blockMark)] : []
  const kept = keptForm(item)
  // Whoever asks for words finds a tombstone by those that it had, unless they are erased by law.
  const keepsWords = status !== 'usable' && !isErased(item) ? 1 : 0
  return [
    ...[id, version, tagging, sequence, status, facetLines(item), packFull(kept, sequence)],
    ...[place, marks.join(' '), wordBits(kept), keepsWords],
  ]
}

/** How many values `publicEntry` gives. */
export const entryValues = 11

/** Higher ones take twice the time for a tenth of the bytes. */
const deflateLevel = 4
