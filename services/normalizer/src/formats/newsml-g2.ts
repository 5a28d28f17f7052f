import { PermanentError } from '@newswire/bus'
import type { RawItem } from '@newswire/model'
import type { Element } from 'domhandler'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { houseFor, isHouse, shownCredit, wireNamed } from '../houses/index.js'
import { storyOf, wireOf } from '../houses/story-uri.js'
import { titleText } from '../html/html.js'
import { lifeMarksOf } from '../life/marks.js'
import type { EmbargoOptions } from '../text/embargo.js'
import { g2Content } from './newsml-g2-content.js'
import {
  type G2,
  g2Codes,
  g2Credit,
  g2Dateline,
  g2Dates,
  g2Issuer,
  g2Notice,
  g2Page,
  g2Signals,
  g2Tickers,
} from './newsml-g2-meta.js'
import { datelineIn, dayOf } from './stated-dateline.js'
import { embargoInNotes, statedEmbargo } from './stated-embargo.js'
import { statedStatus } from './stated-status.js'
import { titled } from './titles.js'
import { allOf, at, attributeOf, childrenOf, nameOf, rawTextOf, textOf } from './xml.js'

/** IPTC NewsML-G2 (2.x, core or power): a newsItem, bare or the first of a newsMessage. */
export function readNewsmlG2(root: Element, raw: RawItem): Reading {
  const item = itemOf(root)
  const parts: G2 = { item, meta: at(item, 'itemMeta'), content: at(item, 'contentMeta') }
  const name = nameOfItem(parts)
  const content = g2Content(parts)
  const dates = g2Dates(parts, houseFor(raw.wire, name.wire).zone)
  const day = dayOf(dates.publishedMs, raw.received)
  const shown = wireNamed(datelineIn(content.text, day)?.wire)
  const wire = name.wire ?? shown
  const house = houseFor(raw.wire, wire, shown)
  const issuer = g2Issuer(parts, house.wire)
  const status = g2Status(parts)
  const titles = titled({ ...headlinesOf(parts, content), text: content.text, ...status })
  const marks = lifeMarksOf(titles.headline, content.text)
  const isCorrection = marks.isCorrection || g2Signals(parts).includes('correction')
  return {
    ...dates,
    ...name,
    ...titles,
    status: status.status,
    isCorrection,
    body: content.body,
    complete: content.isComplete,
    media: content.media,
    sourceCodes: g2Codes(parts),
    tickers: g2Tickers(parts),
    flags: [...titles.flags, ...status.flags, ...(marks.isDisregard ? ['disregard-notice'] : [])],
    ...defined({
      wire,
      language: attributeOf(at(parts.content, 'language'), 'tag') ?? attributeOf(item, 'lang'),
      dateline: g2Dateline(parts, content, day),
      issuer,
      credit: g2Credit(parts, house) ?? shownCredit(house, wire, issuer),
      sourceUrl: content.sourceUrl ?? g2Page(parts),
      contact: content.contact,
      embargoMs: g2Embargo(parts, { zone: house.zone, received: raw.received }),
      notice: g2Notice({ parts, marks, isCorrection, own: name.wireId }),
    }),
  }
}

const otherItems = 'packageItem, conceptItem, knowledgeItem or planningItem'

function itemOf(root: Element): Element {
  const item = allOf(root, 'newsItem')[0]
  if (item) return item
  throw new PermanentError(
    `The ${nameOf(root)} holds no newsItem; a ${otherItems} alone is no release: send a newsItem.`,
  )
}

/** The guid names the item in all its versions; NewsML-G2 demands one. */
function nameOfItem({ item, meta }: G2): Pick<Reading, 'wire' | 'wireId'> {
  const guid = attributeOf(item, 'guid')
  const story = guid === undefined ? undefined : storyOf(guid)
  const provider = at(meta, 'provider')
  const isDpa = /:dpa$/iu.test(attributeOf(provider, 'qcode') ?? '')
  const provided = wireOf(attributeOf(provider, 'literal')) ?? (isDpa ? 'dpa' : undefined)
  const wire = isHouse(story?.wire) ? story.wire : (provided ?? story?.wire)
  return defined({ wireId: story?.wireId, wire })
}

/** `sig:kill` says in a signal what `stat:canceled` says in the status. */
function g2Status(parts: G2): Pick<Reading, 'status' | 'flags'> {
  const element = at(parts.meta, 'pubStatus')
  const words = ['qcode', 'uri', 'literal'].map((name) => attributeOf(element, name))
  const stated = statedStatus(words.find((word) => word !== undefined) ?? textOf(element))
  if (stated.status !== 'usable') return stated
  const ending = g2Signals(parts).find((signal) => /^(?:kill|cancel|withh)/iu.test(signal))
  return ending === undefined ? stated : statedStatus(endings(ending))
}

function endings(signal: string): string {
  return /^withh/iu.test(signal) ? 'withheld' : 'canceled'
}

/** The element goes before the notes: it is there to be read by machines. */
function g2Embargo({ meta }: G2, options: EmbargoOptions): number | undefined {
  const stated = childrenOf(meta, 'embargoed').map((element) =>
    statedEmbargo(textOf(element) ?? '', options.zone),
  )
  const latest = stated.reduce<number | undefined>(
    (last, one) => Math.max(last ?? one ?? 0, one ?? 0),
    undefined,
  )
  if (stated.length > 0) return latest
  return embargoInNotes(childrenOf(meta, 'edNote').map(rawTextOf), options)
}

function headlinesOf(
  { content }: G2,
  found: { headline?: string; subheadline?: string },
): { headline: string | undefined; subheadline: string | undefined } {
  const all = childrenOf(content, 'headline')
  const isSub = (one: Element) => /sub|deck|second/iu.test(attributeOf(one, 'role') ?? '')
  // dpa ranks: 1 is the headline, 2 stands under it, 3 above it.
  const ranked = (rank: string) => all.find((one) => attributeOf(one, 'rank') === rank)
  const main = ranked('1') ?? all.find((one) => !isSub(one))
  const sub = all.find(isSub) ?? ranked('2')
  const [headline, subheadline] = [main, sub].map((one) => textOf(one))
  return {
    headline: headline === undefined ? found.headline : titleText(headline),
    subheadline: subheadline === undefined ? found.subheadline : titleText(subheadline),
  }
}
