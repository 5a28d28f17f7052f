import { PermanentError } from '@newswire/bus'
import type { Reading } from '../draft.js'
import type { Fields } from './json-fields.js'

/** The flag of an item that its source holds back until further notice. */
export const withheldFlag = 'withheld-by-source'

/** A status of its own in NewsML 1.x and NITF: usable, but not before a time. */
export function isEmbargoed(word: string | undefined): boolean {
  return /^embargo/iu.test(word?.trim() ?? '')
}

/**
 * A source's word on whether an item may be published: `usable`, `stat:canceled`, `Withheld`; none
 * is `usable`. `withheld` means: not for publication until further notice. It is taken like a
 * withdrawal, and a newer usable version brings the item back. An unknown word never lets an item
 * out: PermanentError.
 */
export function statedStatus(given: string | undefined): Pick<Reading, 'status' | 'flags'> {
  const word = (given ?? '')
    .replace(/^.*[:/]/u, '')
    .trim()
    .toLowerCase()
  if (word === '' || word === 'usable') return { status: 'usable', flags: [] }
  if (['canceled', 'cancelled', 'kill', 'killed'].includes(word)) {
    return { status: 'canceled', flags: [] }
  }
  if (word === 'withheld' || word === 'withhold') {
    return { status: 'canceled', flags: [withheldFlag] }
  }
  throw new PermanentError(
    `The status is not known; use usable, withheld or canceled as the item's status (pubStatus).`,
  )
}

const pubStatus = /^pub_?status$/iu

/** What JSON says of it, however the name is spelled; what is no word is an unknown one. */
export function statusIn(fields: Fields): Pick<Reading, 'status' | 'flags'> {
  const given = Object.entries(fields).find(([name]) => pubStatus.test(name))?.[1]
  const isAbsent = given === undefined || given === null
  return statedStatus(isAbsent || typeof given === 'string' ? (given ?? '') : 'of another form')
}
