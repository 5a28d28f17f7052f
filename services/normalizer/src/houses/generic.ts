import type { FeedEntry, SourceCode } from '@newswire/model'
import { defined } from '../defined.js'
import { plainText } from '../html/html.js'
import { type EntryTraits, firstOf, type House } from './house.js'

/** Feeds that carry only teasers end them like this. */
const cutOff = /(?:\.{3}|…|\[…\]|\[\.{3}\])\s*$/u
/** A text this much longer than its summary is the release itself. */
const fullTextRatio = 1.5
const fullTextCharsMin = 1_200

/** Everyone else: any feed, any text, no customs known. */
export const generic: House = {
  wire: undefined,
  zone: undefined,
  creditOf: (issuer) => issuer,
  wireIdOf: () => undefined,
  traitsOf,
}

function traitsOf(entry: FeedEntry): EntryTraits {
  const content = entry.content ?? entry.summary ?? ''
  const issuer = issuerOf(entry)
  const language = firstOf(entry, 'dc:language') ?? entry.feed.language
  return {
    content,
    isComplete: isComplete(content, entry.summary),
    ...defined({ issuer: issuer === undefined ? undefined : { name: issuer }, language }),
    sourceCodes: codesOf(entry),
  }
}

function isComplete(content: string, summary: string | undefined): boolean {
  const text = plainText(content)
  if (text === '' || cutOff.test(text)) return false
  if (text.length >= fullTextCharsMin) return true
  return summary !== undefined && text.length > plainText(summary).length * fullTextRatio
}

function issuerOf(entry: FeedEntry): string | undefined {
  const author = entry.author?.replace(/^\S+@\S+\s+\((.+)\)$/u, '$1')
  const named = author !== undefined && !author.includes('@') ? author : undefined
  const candidates = [
    firstOf(entry, 'dc:contributor'),
    firstOf(entry, 'source'),
    firstOf(entry, 'dc:creator'),
    named,
    firstOf(entry, 'dc:publisher'),
    entry.feed.title,
  ]
  return candidates.find((name) => name !== undefined && name.trim() !== '')?.trim()
}

function codesOf(entry: FeedEntry): SourceCode[] {
  const named = [...entry.categories, ...(entry.extensions['dc:subject'] ?? [])]
  return [...new Set(named.map((name) => name.trim()))]
    .filter((name) => name !== '')
    .map((name) => ({ scheme: 'category', name }))
}
