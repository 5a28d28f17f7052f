import type { Notice } from './notices.js'
import { pageOf, type Release, textOf } from './release.js'

/** What a client sends to `POST /api/v1/items`. */
export interface Push {
  readonly contentType: string
  readonly body: string
}

const monthNames = [
  'January February March April May June July',
  'August September October November December',
].flatMap((line) => line.split(' '))

/** The whole text: ninjs for news aktuell, a wire text for PR Newswire. */
export function fullTextOf(release: Release, text: number): Push {
  if (release.wire === 'na')
    return ninjsOf(release, { body_text: textOf(release, text).join('\n\n') })
  return wireText(release, textOf(release, text))
}

/** Under an embargo that is a field. */
export function embargoed(release: Release, text: number, until: Date): Push {
  const body = textOf(release, text).join('\n\n')
  return ninjsOf(release, { body_text: body, embargoedUntil: until.toISOString() })
}

/** Under an embargo that is a sentence, in the wire's own time. */
export function embargoedBySentence(release: Release, text: number, until: Date): Push {
  const hour = until.getUTCHours()
  const clock = `${hour % 12 || 12}:${String(until.getUTCMinutes()).padStart(2, '0')} ${hour < 12 ? 'a.m.' : 'p.m.'}`
  const day = `${monthNames[until.getUTCMonth()]} ${until.getUTCDate()}, ${until.getUTCFullYear()}`
  return wireText(release, textOf(release, text), `EMBARGOED UNTIL ${day}, ${clock} UTC`)
}

/** The source takes the release back. */
export const cancellationOf = (release: Release): Push =>
  ninjsOf(release, { pubStatus: 'canceled' })

function ninjsOf(release: Release, own: object): Push {
  const { title, issuer, language } = release
  const document = {
    ...{ uri: pageOf(release), language, headline: title },
    organisations: [{ name: issuer, rel: 'issuer' }],
    ...own,
  }
  return { contentType: 'application/json', body: JSON.stringify(document) }
}

/** A notice as the wire sends it: a text with a headline of its own and no number. */
export function noticePush(release: Release, { title, preface, paragraphs }: Notice): Push {
  const above = preface === undefined ? [title] : [title, preface]
  return text([...above, ...paragraphs, signatureOf(release)])
}

function wireText(release: Release, paragraphs: readonly string[], notice?: string): Push {
  const above = notice === undefined ? [release.title] : [notice, release.title]
  const original = `View original content: ${pageOf(release)}`
  return text([...above, ...paragraphs, signatureOf(release), original])
}

const signatureOf = ({ wire, issuer }: Release) =>
  wire === 'na'
    ? `Original-Content von: ${issuer}, übermittelt durch news aktuell`
    : `SOURCE ${issuer}`

/** Hard-wrapped with CRLF, as wires send it. */
function text(blocks: readonly string[]): Push {
  const body = blocks.map((block) => (isWhole(block) ? block : wrapped(block)))
  return { contentType: 'text/plain; charset=utf-8', body: `${body.join('\r\n\r\n')}\r\n` }
}

/** Lines of which a machine reads something. */
const isWhole = (block: string) => /^(?:View original|Original-Content|SOURCE)/.test(block)

const lineCharsMax = 80

function wrapped(paragraph: string): string {
  const lines: string[] = []
  for (const word of paragraph.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + word.length < lineCharsMax) {
      lines[lines.length - 1] = `${line} ${word}`
    } else lines.push(word)
  }
  return lines.join('\r\n')
}
