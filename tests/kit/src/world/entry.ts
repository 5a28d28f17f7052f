import { pageOf, type Release, teaserOf, textOf, type Wire } from './release.js'
import type { Language } from './words.js'

/** One entry of a feed before a manner of writing feeds has put it into XML. */
export interface Entry {
  readonly wire: Wire
  readonly wireId: string
  readonly title: string
  /** Paragraphs are parted by an empty line. */
  readonly teaser: string
  readonly issuer: string
  readonly language: Language
  readonly published: Date
  /** The address as the wire writes it. */
  readonly page: string
  /** Where another than the page; empty: the entry has none. */
  readonly guid?: string
}

/** A text of a release as feeds show it. */
export function entryOf(release: Release, text: number): Entry {
  const { wire, wireId, title, issuer, language, published } = release
  return {
    ...{ wire, wireId, title, issuer, language, published },
    page: pageOf(release),
    teaser: teaserOf(wire, textOf(release, text)),
  }
}
