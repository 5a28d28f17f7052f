import { PermanentError } from '@newswire/bus'
import {
  itemLimits,
  type Media,
  type RawItem,
  toToken,
  uriOf,
  withoutIllegal,
} from '@newswire/model'
import { cleanCodes, cleanDateline, cleanMedia, filled } from './clean-fields.js'
import { defined } from './defined.js'
import type { Draft, Reading } from './draft.js'
import { readRaw } from './formats/index.js'
import { houseOf } from './houses/index.js'
import { readHtml } from './html/html.js'
import { assertFewLines, assertShallow } from './html/nesting.js'
import { sanitise } from './html/sanitise.js'
import { assertItemSize } from './item-size.js'
import { languageOf } from './language.js'
import { identify } from './life/identify.js'
import { cleanText, oneLine } from './text/characters.js'
import { bounded, linksOf } from './text/links.js'
import { htmlOf } from './text/markup.js'
import { tickersOf } from './text/tickers.js'
import { clampDate, isNear } from './time/dates.js'

/** Markup included: nothing larger becomes an item of at most 1 MiB. */
const rawCharsMax = 2_097_152

/**
 * One raw item → a draft: read by its format and house, cleaned, sanitised, identified. Pure.
 * Throws PermanentError, with a sentence that says what to do, for what can never become an item.
 */
export function normalise(raw: RawItem): Draft {
  if (raw.body.length > rawCharsMax) {
    throw new PermanentError(`The input has more than ${rawCharsMax} characters; send it in parts.`)
  }
  const reading = readRaw(raw)
  const headline = headlineOf(reading)
  const wire = toToken(raw.wire ?? reading.wire ?? raw.source)
  const house = houseOf(wire)
  const { body, hrefs, images } = bodyOf(reading)
  const issuer = issuerOf(reading.issuer)
  const [links, linksFlags] = bounded(linksOf(body.text, hrefs), 'links')
  const [media, mediaFlags] = bounded(cleanMedia([...reading.media, ...images]), 'media')
  const dates = datesOf(reading, raw)
  const dateline = reading.dateline === undefined ? undefined : cleanDateline(reading.dateline)
  const { wireId } = reading
  const id = identify({ wire, wireId, issuer: issuer.name, headline, date: dateline?.date })
  return {
    id,
    uri: uriOf(id),
    wire,
    status: reading.status,
    isCorrection: reading.isCorrection,
    headline,
    body,
    language: languageOf(reading.language),
    issuer,
    credit: oneLine(reading.credit ?? house.creditOf(issuer.name)),
    tickers: tickersOf(body.text),
    links,
    media,
    received: raw.received,
    source: raw.source,
    rights: raw.rights,
    sourceCodes: cleanCodes(reading.sourceCodes),
    ...optionals(reading),
    ...defined({ dateline }),
    ...dates.fields,
    flags: [
      ...reading.flags,
      ...dates.flags,
      ...linksFlags,
      ...mediaFlags,
      ...(issuer.name === '' ? ['no-issuer'] : []),
    ],
  }
}

function headlineOf(reading: Reading): string {
  const headline = oneLine(reading.headline)
  if (headline.length > itemLimits.headlineCharsMax) {
    throw new PermanentError(
      `The headline has more than ${itemLimits.headlineCharsMax} characters; put a blank line under the headline, or send it as ninjs.`,
    )
  }
  if (headline !== '') return headline
  throw new PermanentError('The release has neither headline nor body; send at least one of them.')
}

interface BodyParts {
  body: Draft['body']
  hrefs: string[]
  images: Media[]
}

/** The sanitiser runs at the end, on our own HTML too: nothing unsafe gets past one door. */
function bodyOf({ body, complete }: Reading): BodyParts {
  if ('text' in body) {
    const text = cleanText(body.text).trim()
    assertFewLines(text)
    const markup = htmlOf(text.split('\n\n').filter((paragraph) => paragraph !== ''))
    assertItemSize(text.length + markup.length)
    return { body: { html: sanitise(markup), text, complete }, hrefs: [], images: [] }
  }
  assertShallow(body.html)
  const html = sanitise(withoutIllegal(body.html).normalize('NFC'))
  const contents = readHtml(html)
  const images = readHtml(body.html).images.map(({ url, caption }) => ({
    url,
    ...defined({ caption }),
  }))
  return { body: { html, text: contents.text, complete }, hrefs: contents.hrefs, images }
}

function issuerOf(issuer: Reading['issuer']): Draft['issuer'] {
  const { name, id, url }: Draft['issuer'] = issuer ?? { name: '' }
  return { name: oneLine(name), ...filled({ id, url }) }
}

function optionals(reading: Reading): Pick<Draft, 'subheadline' | 'contact' | 'sourceUrl'> {
  const { subheadline, sourceUrl } = reading
  const contact = cleanText(reading.contact ?? '').trim()
  return { ...filled({ subheadline, sourceUrl }), ...(contact === '' ? {} : { contact }) }
}

type DateFields = Pick<Draft, 'published' | 'modified' | 'sourceVersion' | 'embargoUntil'>

function datesOf(reading: Reading, raw: RawItem): { fields: DateFields; flags: string[] } {
  const published = clampDate(reading.publishedMs, raw.received)
  const { modifiedMs, embargoMs, sourceVersion } = reading
  // A time of modification far off would win or lose against every other version.
  const isModified = modifiedMs !== undefined && isNear(modifiedMs, raw.received)
  return {
    fields: {
      published: published.instant,
      ...defined({
        sourceVersion,
        modified: isModified ? instantText(modifiedMs) : undefined,
        embargoUntil: instantText(embargoMs),
      }),
    },
    flags: published.flag === undefined ? [] : [published.flag],
  }
}

function instantText(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString()
}
