import type { FeedEntry, SourceCode } from '@newswire/model'
import { defined } from '../defined.js'
import { type EntryTraits, firstOf, type House } from './house.js'

/** The same story lies under .com, .co.uk and .ca: only the number at the end is its own. */
const storyPath = /^https?:\/\/(?:www\.)?prnewswire\.(?:com|co\.uk|ca)\/\S*?-(\d{8,10})\.html/iu
const codeForm = /^[A-Z0-9]{3}$/
/** Names and codes of one vocabulary lie in elements of two namespaces. */
const codeElements: readonly { element: string; scheme: string }[] = [
  { element: 'prn:industry', scheme: 'prn:industry' },
  { element: 'prn:subject', scheme: 'prn:subject' },
  { element: 'dc:subject', scheme: 'prn:subject' },
]

/** PR Newswire, with AsiaNet, CNW and the other wires that it carries. */
export const prnewswire: House = {
  wire: 'prn',
  zone: 'America/New_York',
  creditOf: (issuer) =>
    issuer === ''
      ? 'Originally distributed by PR Newswire'
      : `Originally distributed by PR Newswire on behalf of ${issuer}`,
  wireIdOf: (url) => storyPath.exec(url)?.[1],
  traitsOf,
}

function traitsOf(entry: FeedEntry): EntryTraits {
  const issuer = firstOf(entry, 'dc:contributor')
  // The channel says en-us even where it mixes languages: only the entry's own word counts.
  const language = firstOf(entry, 'dc:language')
  return {
    content: entry.summary ?? entry.content ?? '',
    isComplete: false,
    ...defined({ issuer: issuer === undefined ? undefined : { name: issuer }, language }),
    sourceCodes: codesOf(entry),
  }
}

/** Codes and names stand in one repeated element, each in an order of its own: never paired. */
function codesOf(entry: FeedEntry): SourceCode[] {
  return codeElements.flatMap(({ element, scheme }) =>
    (entry.extensions[element] ?? [])
      .map((value) => value.trim())
      .filter((value) => value !== '')
      .map((value) => (codeForm.test(value) ? { scheme, code: value } : { scheme, name: value })),
  )
}
