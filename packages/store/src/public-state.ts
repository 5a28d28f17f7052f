import { facetsOf, outward, placeOf, shortHash, type TaggedItem } from '@newswire/model'
import type { PublicItem, PublicState } from './store.js'

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

/** `<sequence> <JSON>`: whoever reads the item reads where it stands in the same step. */
export function packFull(item: TaggedItem, sequence: number): string {
  return `${sequence} ${JSON.stringify(keptForm(item))}`
}

export function unpackFull(text: string): PublicItem {
  const gap = text.indexOf(' ')
  return {
    item: JSON.parse(text.slice(gap + 1)) as TaggedItem,
    sequence: Number(text.slice(0, gap)),
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
export function publicEntry(item: TaggedItem, sequence: number): (string | number)[] {
  const { id, version, tagging, status } = item
  const place = placeOf(item, sequence)
  const full = packFull(item, sequence)
  const marks = place === sequence ? [everyMark, ...[...facetsOf(item)].map(blockMark)] : []
  return [id, version, tagging, sequence, status, facetLines(item), full, place, marks.join(' ')]
}
