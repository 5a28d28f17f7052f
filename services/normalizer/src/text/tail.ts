import type { Media } from '@newswire/model'
import { defined } from '../defined.js'
import { type LineRole, roleOf } from './boilerplate.js'

/** What the boilerplate of a release says, and the release without it. */
export interface Tail {
  body: string[]
  /** The numbers of the paragraphs that `body` is made of. */
  kept: number[]
  issuer?: string
  /** The originator line as it stands. */
  credit?: string
  /** The language that the originator line is written in. */
  language?: string
  contact?: string
  sourceUrl?: string
  media: Media[]
  hasSourceLine: boolean
}

/** A source line further from the end belongs to a table or a picture. */
const afterSourceMax = 10
const contactParagraphsMax = 14
const contactProseChars = 160

const aboutHeading = /^(?:About|Über|Ueber|À propos|Acerca|Sobre|Informazioni su|Hinweis|Note)\b/iu
const contactMark = /@|\+\d|\b(?:Tel|Fon|Fax|Mobil|Phone|Mail)|https?:|www\./iu
const urlParagraph = /^\(?(?<url>https?:\/\/[^\s)]+)\)?$/iu
const anyUrl = /https?:\/\/[^\s)]+/iu

interface Marked {
  text: string
  role: LineRole | undefined
}

/**
 * Cuts originator, SOURCE, contact, view-original and picture lines out of a release and keeps what
 * they say. A police office's contact block takes everything up to the originator line with it.
 */
export function readTail(paragraphs: readonly string[], options: { isPolice: boolean }): Tail {
  const all = paragraphs.map((text) => ({ text, role: roleOf(text) }))
  const end = all.findIndex(({ role }) => role?.role === 'page-end')
  // Above it stands something, or it is no end.
  const marked = end > 0 ? all.slice(0, end) : all
  const originator = lastOf(marked, 'originator')
  const inner = originator < 0 ? marked : marked.slice(0, originator)
  const source = lastOf(inner, 'source')
  const isSource =
    source >= 0 &&
    inner.length - source <= afterSourceMax &&
    // Where the originator has its line, `Quelle: …` says where figures come from.
    (originator < 0 || /^(?:SOURCE|FUENTE)/u.test(inner[source]?.text ?? ''))
  const cut = cutRoles(inner, isSource ? source : -1, options.isPolice)
  // Older releases of ots have their contact under the line of the originator.
  const below = originator < 0 ? undefined : cutRoles(marked.slice(originator + 1), -1, false)
  const origin = marked[originator]
  const body = withoutEndMark(cut.kept.map((at) => paragraphs[at] ?? ''))
  return {
    ...cut,
    ...defined({ contact: cut.contact ?? below?.contact }),
    body,
    hasSourceLine: isSource,
    ...(isSource ? { issuer: issuerOf(inner[source]) } : {}),
    ...(origin?.role?.role === 'originator' ? creditOf(origin.text, origin.role) : {}),
  }
}

/**
 * APA ends a text with `(Schluss)` and the editor's sign, often on the last sentence's own line.
 */
function withoutEndMark(body: readonly string[]): string[] {
  const last = body.at(-1)?.replace(/[ \t]{0,8}(?:\(Schluss\).{0,40}|\*{4,9})$/u, '')
  return last === undefined ? [] : [...body.slice(0, -1), last]
}

function lastOf(marked: readonly Marked[], role: LineRole['role']): number {
  return marked.findLastIndex((paragraph) => paragraph.role?.role === role)
}

function issuerOf(paragraph: Marked | undefined): string {
  return paragraph?.role?.role === 'source' ? paragraph.role.issuer : ''
}

function creditOf(
  text: string,
  { issuer, language }: Extract<LineRole, { role: 'originator' }>,
): Pick<Tail, 'issuer' | 'credit' | 'language'> {
  return { issuer, credit: text, ...defined({ language }) }
}

type Cut = Pick<Tail, 'kept' | 'contact' | 'sourceUrl' | 'media'>

function cutRoles(marked: readonly Marked[], source: number, isPolice: boolean): Cut {
  const cut: Cut = { kept: [], media: [] }
  let at = 0
  while (at < marked.length) {
    const end = blockEnd(marked, at, isPolice)
    const block = marked.slice(at, end)
    if (at !== source) take(cut, block, at)
    at = end
  }
  return cut
}

/** One past the last paragraph that belongs to the one at `at`. */
function blockEnd(marked: readonly Marked[], at: number, isPolice: boolean): number {
  const role = marked[at]?.role
  if (role?.role === 'contact') return contactEnd(marked, at, isPolice)
  return needsAddress(marked[at]) && urlParagraph.test(marked[at + 1]?.text ?? '') ? at + 2 : at + 1
}

const linkHeading = /^(?:Related links?|Liens connexes|Enlaces relacionados|Link correlati):?$/iu

/** Whether an address on the next line belongs to this one. */
function needsAddress({ text, role }: Marked = { text: '', role: undefined }): boolean {
  if (role?.role === 'media') return role.url === undefined
  return (role?.role === 'view-original' && !anyUrl.test(text)) || linkHeading.test(text)
}

/** Puts a block where its first paragraph says that it belongs. */
function take(cut: Cut, block: readonly Marked[], at: number): void {
  const text = block.map((paragraph) => paragraph.text).join('\n')
  const role = block[0]?.role
  if (role?.role === 'contact') cut.contact = cut.contact ? `${cut.contact}\n${text}` : text
  else if (role?.role === 'media') {
    const url = role.url ?? urlParagraph.exec(block[1]?.text ?? '')?.groups?.['url']
    if (url !== undefined) cut.media.push({ url, caption: role.caption })
  } else if (role?.role === 'view-original')
    cut.sourceUrl = anyUrl.exec(text)?.[0] ?? cut.sourceUrl ?? ''
  else if (role?.role !== 'footer') cut.kept.push(at)
}

/** One past the contact block's last paragraph. */
function contactEnd(marked: readonly Marked[], start: number, isPolice: boolean): number {
  if (isPolice) return marked.length
  let end = start + 1
  while (end < marked.length && end - start < contactParagraphsMax) {
    const paragraph = marked[end]
    if (!paragraph || !continuesContact(paragraph)) break
    end += 1
  }
  return end
}

function continuesContact({ text, role }: Marked): boolean {
  if (role) return role.role === 'contact'
  if (aboutHeading.test(text)) return false
  return text.length <= contactProseChars || contactMark.test(text)
}
