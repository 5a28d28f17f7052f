import type { Tag } from '@newswire/model'
import type { Language } from '@newswire/vocabulary'
import { Feed } from 'feed'
import type { FeedLinks } from '../feed-page.js'
import type { Entry } from './entry.js'
import { oneLine, xmlData, xmlText } from './text.js'

/** What a feed says of itself. */
export interface Channel {
  readonly title: string
  readonly description: string
  /** Of its own words. */
  readonly language: Language
  /** The page that shows the same filter to people. */
  readonly pageUrl: string
  /** The feed's own canonical address. */
  readonly selfUrl: string
  readonly links: FeedLinks
  /** A closed archive document (RFC 5005, section 4). */
  readonly isArchive: boolean
  /** From the items, never from the clock; `undefined` where there is none. */
  readonly updated: Date | undefined
}

const schemeUris: Partial<Record<Tag['scheme'], string>> = {
  medtop: 'http://cv.iptc.org/newscodes/mediatopic/',
}

/** Where the codes of a scheme are defined. */
export function schemeUri(scheme: Tag['scheme']): string {
  return schemeUris[scheme] ?? `urn:newswire:scheme:${scheme}`
}

/** What an entry is filed under: its tags, and what its version is where that is not new. */
export interface Category {
  readonly scheme: string
  readonly code: string
  readonly label: string
}

export function categoriesOf({ gone, notice, item }: Entry): readonly Category[] {
  const tags = item.tags.map(({ scheme, code, label }) => ({
    scheme: schemeUri(scheme),
    code: oneLine(code),
    label: oneLine(label) || oneLine(code),
  }))
  if (notice === undefined) return tags
  const [scheme, code] = gone ? ['status', item.status] : ['change', item.change]
  return [...tags, { scheme: `urn:newswire:${scheme}`, code, label: gone ? code : notice }]
}

/** RFC 5005 and WebSub: the relation and where it leads, in a fixed order. */
export function relationsOf({ links }: Channel): readonly (readonly [string, string])[] {
  const relations = {
    hub: links.hub,
    current: links.current,
    'prev-archive': links.prevArchive,
    'next-archive': links.nextArchive,
  }
  return Object.entries(relations).flatMap(([rel, href]) =>
    href === undefined ? [] : ([[rel, href]] as const),
  )
}

/**
 * Texts that the library never sees. It escapes some signs in some places, none in others and some
 * twice; so it gets a mark in the place of each text, and the text comes in, escaped for XML, after
 * everything else is done. What stands in the document until then is markup of our own alone.
 */
export class Texts {
  readonly #kept: string[] = []

  /** A mark for plain text as character data or attribute value. */
  text(plain: string): string {
    return this.#keep(xmlText(plain))
  }

  /** A mark for HTML that stands escaped in the document. */
  html(html: string): string {
    return this.#keep(xmlData(html))
  }

  /** The document with every text in its place. */
  fill(document: string): string {
    const marks = /<!\[CDATA\[\ue000(\d+)\ue001\]\]>|\ue000(\d+)\ue001/g
    return document.replace(marks, (_, inData, alone) => this.#kept[inData ?? alone] ?? '')
  }

  #keep(xml: string): string {
    this.#kept.push(xml)
    return `\ue000${this.#kept.length - 1}\ue001`
  }
}

export interface LibraryOptions {
  readonly channel: Channel
  readonly entries: readonly Entry[]
  /** Marks in the places of title, summary and body. */
  readonly marks: (entry: Entry) => { title: string; summary: string; html: string }
  readonly texts: Texts
  /** How this format wants plain text outside titles. */
  readonly plain: (text: string) => string
}

/** An empty feed was never updated; before 1990 a date is taken for an error. */
const never = new Date('1990-01-01T00:00:00Z')

/** The `feed` library filled with our entries, their texts as marks. */
export function fillLibrary({ channel, entries, marks, texts, plain }: LibraryOptions): Feed {
  const library = new Feed({
    id: texts.text(channel.selfUrl),
    title: texts.text(plain(channel.title)),
    description: texts.text(plain(channel.description)),
    link: channel.pageUrl,
    feed: channel.selfUrl,
    language: channel.language,
    updated: channel.updated ?? never,
    generator: 'Newswire',
    author: { name: 'Newswire' },
  })
  for (const entry of entries) {
    const { title, summary, html } = marks(entry)
    library.addItem({
      id: entry.id,
      title,
      link: entry.url,
      date: entry.updated,
      published: entry.published,
      ...(entry.summary === '' ? {} : { description: summary }),
      ...(entry.html === '' ? {} : { content: html }),
      ...(entry.issuer === '' ? {} : { author: [{ name: texts.text(plain(entry.issuer)) }] }),
      category: categoriesOf(entry).map(({ scheme, code, label }) => ({
        name: texts.text(plain(label)),
        term: texts.text(plain(code)),
        scheme,
        domain: scheme,
      })),
    })
  }
  return library
}

/** The document with something added to each of its entries, in order. */
export function mendEach(
  document: string,
  pattern: RegExp,
  entries: readonly Entry[],
  mend: (entry: Entry, written: string) => string,
): string {
  const rest = [...entries]
  return document.replace(pattern, (written) => {
    const entry = rest.shift()
    if (!entry) throw new Error('The document holds more entries than were given to the library.')
    return mend(entry, written)
  })
}
