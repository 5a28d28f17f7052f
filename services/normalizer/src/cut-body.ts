import { withoutIllegal } from '@newswire/model'
import type { Reading } from './draft.js'
import { dropLines, readHtml } from './html/html.js'
import { assertFewLines, assertShallow } from './html/nesting.js'
import { sanitise } from './html/sanitise.js'
import { roleOf } from './text/boilerplate.js'
import { cleanText } from './text/characters.js'
import { type EmbargoNotice, type EmbargoOptions, takeNotices } from './text/embargo.js'
import { mayHoldNotice } from './text/embargo-words.js'
import { readTail, type Tail } from './text/tail.js'
import { groupLines } from './text/unwrap.js'

export interface CutBody {
  body: Reading['body']
  /** What the lines said that were cut. */
  tail: Omit<Tail, 'body' | 'kept'>
  notices: EmbargoNotice[]
  /** Pictures in the HTML, which the sanitiser takes out. */
  images: { url: string; caption: string | undefined }[]
}

export interface CutOptions extends EmbargoOptions {
  isPolice: boolean
  /** The body holds no lines of the wire any more. */
  isBare: boolean
}

/**
 * A body without its embargo notices and the wire's lines around it (originator, SOURCE, contact,
 * pictures), whatever format brought it. HTML comes back sanitised, cut by whole lines; the words
 * that are left are the same in HTML and text.
 */
export function cutBody(body: Reading['body'], options: CutOptions): CutBody {
  if ('text' in body) {
    const text = cleanText(body.text).trim()
    assertFewLines(text)
    if (options.isBare || isPlain(text)) {
      return { body: { text: withoutGaps(text) }, tail: noTail, notices: [], images: [] }
    }
    const { lines, ...cut } = cutLines(text, options)
    return {
      ...cut,
      images: [],
      body: { text: withoutGaps(lines.join('\n')).trim() },
    }
  }
  assertShallow(body.html)
  const html = sanitise(withoutIllegal(body.html).normalize('NFC'))
  const { text } = readHtml(html)
  const { lines, ...cut } = cutLines(text, options)
  const dropped = droppedOf(text.split('\n'), lines)
  const images = /<img/i.test(body.html) ? readHtml(body.html).images : []
  return {
    ...cut,
    images,
    body: { html: dropped.size === 0 ? html : sanitise(dropLines(html, dropped)) },
  }
}

const noTail: CutBody['tail'] = { media: [], hasSourceLine: false }

/** Most teasers: nothing stands around them that could be cut. */
function isPlain(text: string): boolean {
  return !mayHoldNotice(text) && text.split('\n').every((line) => roleOf(line) === undefined)
}

function withoutGaps(text: string): string {
  return text.includes('\n\n\n') ? text.replace(/\n{3,}/g, '\n\n') : text
}

/** The lines of a text; those that were cut are empty. */
function cutLines(
  text: string,
  { isPolice, ...options }: CutOptions,
): Omit<CutBody, 'body' | 'images'> & { lines: string[] } {
  const given = text.split('\n')
  if (isPlain(text)) return { lines: given, tail: noTail, notices: [] }
  const groups = groupLines(given, { standsAlone: (line) => roleOf(line) !== undefined })
  const paragraphs = groups.map((group) => group.map((at) => given[at] ?? '').join('\n'))
  const taken = takeNotices(paragraphs, options)
  const left = taken.paragraphs.map((lines) => lines.join('\n').trim())
  const { body: _, kept, ...tail } = readTail(left, { isPolice })
  const lines = given.map(() => '')
  for (const paragraph of kept) {
    for (const [index, at] of (groups[paragraph] ?? []).entries()) {
      lines[at] = taken.paragraphs[paragraph]?.[index] ?? ''
    }
  }
  return { lines, tail, notices: taken.notices }
}

/** Numbers, among the lines that are not empty, of those that are cut whole. */
function droppedOf(given: readonly string[], left: readonly string[]): Set<number> {
  const dropped = new Set<number>()
  let number = 0
  for (const [at, line] of given.entries()) {
    if (line === '') continue
    if (left[at] === '') dropped.add(number)
    number += 1
  }
  return dropped
}
