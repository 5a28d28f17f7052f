import { promisify } from 'node:util'
import { deflate, deflateSync, inflateSync, type ZlibOptions } from 'node:zlib'
import { facetsOf, isErased, outward, placeOf, shortHash, type TaggedItem } from '@newswire/model'
import type { PublicItem, PublicState } from './store.js'
import { wordBits } from './words.js'

/**
 * An item's public state is text: a line `version tagging sequence status places takenBack said`,
 * then one line per facet. Scripts test a facet by finding its whole line. `places` are the earlier
 * sequences of the item in TAGGED, newest first, joined by commas; `takenBack` is the last one that
 * took its text back, or 0; `said` is, of a withdrawn item, the last one that had a text, or 0.
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

/** What archives must know of an item today. */
export interface ArchiveState {
  readonly status: PublicState['status']
  /** Versions before this place in TAGGED were taken back once, and stay so. */
  readonly takenBack: number
  readonly rights: TaggedItem['rights']
  /** The source that a private one came through. */
  readonly source: string | undefined
}

export function archiveState(text: string): ArchiveState {
  const [, , , status, , takenBack] = text.slice(0, text.indexOf('\n')).split(' ')
  const has = (line: string) => text.includes(`\n${line}\n`)
  const source = /\nrights:private:([^\n]*)\n/.exec(text)?.[1]
  return {
    status: status as PublicState['status'],
    takenBack: Number(takenBack),
    rights: has(privateLine) ? 'private' : has(teaserLine) ? 'teaser' : 'full',
    source,
  }
}

/** Where the last version that a withdrawn item had a text in stands in TAGGED; 0 for nowhere. */
export function saidSequence(text: string): number {
  const [, , , , , , said] = text.slice(0, text.indexOf('\n')).split(' ')
  return Number(said)
}

/** A facet as a line of the state and as the end of its set's key. */
export function facetLine(facet: string): string {
  return facet.replaceAll('\n', ' ')
}

/** Facets that no filter asks for: what a reader may see is narrowed by them. */
export const publicLine = 'rights:public'
export const privateLine = 'rights:private'
const teaserLine = 'rights:teaser'

/** A private item of this source. */
export function privateSourceLine(source: string): string {
  return facetLine(`rights:private:${source}`)
}

/** `\nregion:CN\nlang:de\n` */
export function facetLines(item: TaggedItem): string {
  const { rights: own, source } = item
  const rights = {
    full: [publicLine],
    teaser: [publicLine, teaserLine],
    private: [privateLine, privateSourceLine(source)],
  }[own]
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

/** The same beside the event loop: for many at a time in a process that answers meanwhile. */
export async function packFullAside(kept: TaggedItem, sequence: number): Promise<Buffer> {
  const packed = await deflateAside(JSON.stringify(kept), { level: deflateLevel })
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

const deflateAside = promisify<string, ZlibOptions, Buffer>(deflate)

const markChars = 8

/**
 * A facet in a row of blocks: what is erased by law leaves no name there. Those of private items
 * are others, so that nobody sees by a chain of archives what such items are about.
 */
export function blockMark(facet: string, isPrivate = false): string {
  return shortHash(isPrivate ? 'private' : 'public', facet).slice(0, markChars)
}

/** Stands for all facts in a row of blocks. */
export const everyFacet = '*'

/** What the script needs of one version, in the order in which it unpacks them. */
export function publicEntry(item: TaggedItem, sequence: number): (string | number | Buffer)[] {
  const { id, version, tagging, status } = item
  const place = placeOf(item, sequence)
  const isPrivate = item.rights === 'private'
  const marked = place === sequence ? [everyFacet, ...facetsOf(item)] : []
  const marks = marked.map((facet) => blockMark(facet, isPrivate))
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
