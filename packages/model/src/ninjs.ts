import type { TaggedItem } from './item.js'
import { revisionOf } from './item.js'
import { outward } from './outward.js'
import type { Tag } from './tag.js'

/** A JSON object; its shape is ninjs 3.1 (IPTC) plus `_newswire`. */
export type Ninjs = Record<string, unknown>

/**
 * The item as the outside sees it: ninjs 3.1 with our own facts in `_newswire` (design, outside
 * contract). A withdrawn item keeps its id, headline and credit, and has no text.
 */
export function toNinjs(whole: TaggedItem): Ninjs {
  const item = outward(whole)
  return {
    uri: item.uri,
    standard: { name: 'ninjs', version: '3.1' },
    type: 'text',
    representationType: item.body.complete ? 'full' : 'partial',
    version: String(item.version),
    firstCreated: item.published,
    versionCreated: item.updated,
    ...(item.embargoUntil === undefined ? {} : { embargoedUntil: item.embargoUntil }),
    pubStatus: item.status,
    language: item.language,
    headlines: [{ role: 'main', value: item.headline }, ...subheadlines(item)],
    bodies: item.body.text === '' ? [] : bodiesOf(item),
    subjects: item.tags.filter((tag) => tag.scheme === 'medtop').map(subjectOf),
    places: item.tags.filter(isRegion).map(placeOf),
    organisations: item.issuer.name === '' ? [] : [{ name: item.issuer.name, rel: 'issuer' }],
    ...(item.dateline === undefined ? {} : { located: item.dateline.places.join(', ') }),
    copyrightNotice: item.credit,
    ...(item.sourceUrl === undefined
      ? {}
      : { altIds: [{ role: 'source', value: item.sourceUrl }] }),
    _newswire: newswireOf(item),
  }
}

function newswireOf(item: TaggedItem): Ninjs {
  return {
    id: item.id,
    wire: item.wire,
    source: item.source,
    version: item.version,
    revision: revisionOf(item),
    change: item.change,
    status: item.status,
    complete: item.body.complete,
    headline: item.headline,
    dateline: item.dateline ?? null,
    issuer: item.issuer,
    credit: item.credit,
    contact: item.contact ?? null,
    tickers: item.tickers,
    links: item.links,
    media: item.media,
    sourceUrl: item.sourceUrl ?? null,
    published: item.published,
    updated: item.updated,
    received: item.received,
    embargoUntil: item.embargoUntil ?? null,
    story: item.story ?? null,
    corrects: item.corrects ?? null,
    vocabulary: item.vocabulary,
    tags: item.tags,
  }
}

function subheadlines(item: TaggedItem): Ninjs[] {
  return item.subheadline === undefined ? [] : [{ role: 'subtitle', value: item.subheadline }]
}

function bodiesOf(item: TaggedItem): Ninjs[] {
  return [
    { role: 'main', contentType: 'text/html', value: item.body.html },
    { role: 'text', contentType: 'text/plain', value: item.body.text },
  ]
}

function subjectOf(tag: Tag): Ninjs {
  const code = tag.code.replace('medtop:', '')
  return {
    name: tag.label,
    uri: `http://cv.iptc.org/newscodes/mediatopic/${code}`,
    literal: tag.code,
    confidence: Math.round(tag.score * 100),
  }
}

function placeOf(tag: Tag): Ninjs {
  return { name: tag.label, rel: tag.primary ? 'primary' : 'mentioned', literal: tag.code }
}

function isRegion(tag: Tag): boolean {
  return tag.scheme !== 'medtop' && tag.scheme !== 'lang'
}
