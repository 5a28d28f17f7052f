/** What a reader found in a feed: elements as xml2js gives them, nothing resolved or chosen yet. */
export interface RawFeed {
  readonly title: unknown
  readonly link: unknown
  readonly atomLinks: unknown
  readonly language: unknown
  readonly entries: readonly RawEntry[]
}

/** Where several elements can say the same, the first that has text counts. */
export interface RawEntry {
  readonly ids: readonly unknown[]
  readonly links: unknown
  readonly atomLinks: unknown
  readonly title: unknown
  readonly content: unknown
  readonly encoded: unknown
  readonly summary: unknown
  readonly published: readonly unknown[]
  readonly updated: readonly unknown[]
  readonly author: readonly unknown[]
  readonly categories: unknown
  readonly enclosures: unknown
  /** By qualified name, and `source`. */
  readonly extensions: ReadonlyMap<string, unknown>
}

/**
 * Reads the text of a feed whose root element (`rss`, `feed`, `RDF`) is known. Throws where it
 * can't; the door then asks the next reader.
 */
export type Reader = (xml: string, root: string) => Promise<RawFeed>
