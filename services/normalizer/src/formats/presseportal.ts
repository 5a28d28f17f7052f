import { PermanentError } from '@newswire/bus'
import { type Media, type RawItem, rawContentTypes, type SourceCode } from '@newswire/model'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { ots } from '../houses/ots.js'
import { plainText, titleText } from '../html/html.js'
import { readDate } from '../time/dates.js'
import { type Fields, fieldsIn, isFields, objectsOf, textOf } from './json-fields.js'
import { readText } from './text.js'

/** One story of the presseportal API: its text is a wire text, all else stands in fields. */
export function readPresseportal(raw: RawItem): Reading {
  const story = fieldsIn(raw.body)
  const title = titleText((story && textOf(story, 'title')) ?? '')
  if (story === undefined || title === '') {
    throw new PermanentError('The story has no title; send it as the presseportal API gives it.')
  }
  const body = textOf(story, 'body')
  const text = body ?? textOf(story, 'teaser') ?? ''
  const reading = readText({
    ...raw,
    contentType: rawContentTypes.text,
    wire: raw.wire ?? 'na',
    body: `${title}\n\n${text}`,
  })
  const issuer = issuerOf(story) ?? reading.issuer
  const publishedMs = readDate(textOf(story, 'published') ?? '', ots.zone)?.ms
  return {
    ...reading,
    wire: 'na',
    headline: title,
    complete: body !== undefined,
    publishedMs,
    media: [...mediaOf(story), ...reading.media],
    sourceCodes: [...reading.sourceCodes, ...codesOf(story)],
    flags: reading.flags.filter((flag) => flag !== 'issuer-from-text'),
    ...defined({
      issuer,
      credit: issuer === undefined ? undefined : ots.creditOf(issuer.name),
      wireId: idOf(story),
      sourceUrl: textOf(story, 'url'),
      language: textOf(story, 'language') ?? reading.language ?? languageOf(story),
    }),
  }
}

/** The number is the same in `id`, in the address and in the short address. */
function idOf(story: Fields): string | undefined {
  const addresses = ['url', 'short'].flatMap((name) => textOf(story, name) ?? [])
  return textOf(story, 'id') ?? addresses.map(ots.wireIdOf).find((id) => id !== undefined)
}

/** The public service of presseportal.de states no language: its offices write German. */
function languageOf(story: Fields): string | undefined {
  return isFields(story['office']) ? 'de' : undefined
}

function issuerOf(story: Fields): Reading['issuer'] {
  const party = [story['company'], story['office']].find(isFields)
  const name = party && textOf(party, 'name')
  if (party === undefined || name === undefined) return undefined
  return { name, ...defined({ id: textOf(party, 'id'), url: textOf(party, 'url') }) }
}

/** `keywords` is an object with a list, or `""` where there are none. */
function codesOf(story: Fields): SourceCode[] {
  const group = story['keywords']
  const listed: unknown = isFields(group) ? group['keyword'] : group
  const keywords: readonly unknown[] = Array.isArray(listed) ? listed : [listed]
  const named = keywords.flatMap((name) =>
    typeof name === 'string' && name.trim() !== '' ? [{ scheme: 'na:keyword', name }] : [],
  )
  const ressort = textOf(story, 'ressort')
  return [...named, ...(ressort === undefined ? [] : [{ scheme: 'na:ressort', code: ressort }])]
}

const kinds = ['image', 'video', 'audio', 'document']
const credit = /(?:obs\/[^\n]{1,200}|honorarfrei\b[^\n]{0,200})/iu

/** A caption carries the words on its rights: "obs/…", "honorarfrei …". */
function mediaOf(story: Fields): Media[] {
  const media = story['media']
  if (!isFields(media)) return []
  return kinds.flatMap((kind) =>
    objectsOf(media, kind).flatMap((one) => {
      const url = textOf(one, 'url')
      const caption = textOf(one, 'caption')
      if (url === undefined) return []
      const plain = caption === undefined ? undefined : plainText(caption)
      const rights = credit.exec(plain ?? '')?.[0]
      return [{ url, ...defined({ mimeType: textOf(one, 'mime'), caption: plain, rights }) }]
    }),
  )
}
