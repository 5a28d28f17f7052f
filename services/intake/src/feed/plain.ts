import { type Mark, marksOf } from './markup.js'

type Rule = RegExp | undefined

const none = /^$/
/** Elements that rss-parser reads rightly unasked, with what may stand in their tags. */
const rssTags: Readonly<Record<string, Rule>> = {
  rss: /^\s+version=["']2\.0["']$/,
  channel: none,
  item: none,
  title: none,
  link: none,
  description: none,
  pubDate: none,
  guid: /^(?:\s+isPermaLink=["'](?:true|false)["'])?$/,
  author: none,
  category: none,
  language: none,
  copyright: none,
  ttl: none,
  lastBuildDate: none,
  generator: none,
  docs: none,
  managingEditor: none,
  webMaster: none,
}
const textTag = /^(?:\s+type=["'](?:text|html)["'])?$/
const atomTags: Readonly<Record<string, Rule>> = {
  feed: /^\s+xmlns=["']http:\/\/www\.w3\.org\/2005\/Atom["']$/,
  entry: none,
  title: textTag,
  subtitle: textTag,
  summary: textTag,
  content: textTag,
  id: none,
  updated: none,
  published: none,
  rights: none,
  author: none,
  name: none,
  link: /^(?:\s+(?:rel=["']alternate["']|href=["'][^"'&]*["']|type=["']text\/html["']))+$/,
}
/** Of these an entry may have several; rss-parser takes the first of any other without a word. */
const repeatable: ReadonlySet<string> = new Set(['category'])

const entryNames: ReadonlySet<string> = new Set(['item', 'entry'])
const prefixed = /[\s/]xmlns:|\sxml:/
const strayReference = /&(?!(?:amp|lt|gt|quot|apos);)/
const depthMax = 5

/**
 * How many entries a plain feed has; undefined where the feed is not plain. Plain is RSS 2.0 or
 * Atom 1.0, well-formed, without prefixes, attributes, entities and repetitions that rss-parser
 * drops, mixes up or refuses.
 */
export function plainEntries(xml: string, root: string): number | undefined {
  const tags = root === 'rss' ? rssTags : root === 'feed' ? atomTags : undefined
  if (tags === undefined || prefixed.test(xml)) return undefined
  const survey = new Survey(tags)
  let at = 0
  for (const mark of marksOf(xml)) {
    if (strayReference.test(xml.slice(at, mark.start)) || !survey.takes(mark, xml)) {
      return undefined
    }
    at = mark.end
  }
  return survey.isClosed && xml.slice(at).trim() === '' ? survey.entries : undefined
}

class Survey {
  entries = 0
  readonly #tags: Readonly<Record<string, Rule>>
  readonly #open: string[] = []
  readonly #seen = new Set<string>()

  constructor(tags: Readonly<Record<string, Rule>>) {
    this.#tags = tags
  }

  get isClosed(): boolean {
    return this.#open.length === 0
  }

  /** Whether the feed is still plain with this mark. */
  takes(mark: Mark, xml: string): boolean {
    if (mark.kind === 'close') return this.#open.pop() === mark.name
    if (mark.kind === 'cdata' || mark.kind === 'comment') return true
    if (mark.kind !== 'open' && mark.kind !== 'empty') return false
    if (!isPlainTag(xml, mark, this.#tags) || this.#open.length >= depthMax) return false
    if (this.#isRepeated(mark.name)) return false
    if (mark.kind === 'open') this.#open.push(mark.name)
    return true
  }

  /** Whether the open element already has a child of this name; a new entry begins anew. */
  #isRepeated(name: string): boolean {
    const parent = this.#open.at(-1) ?? ''
    if (entryNames.has(name)) {
      this.#seen.clear()
      this.entries += 1
      return parent !== 'channel' && parent !== 'feed'
    }
    const key = `${parent}/${name}`
    if (this.#seen.has(key)) return !repeatable.has(name)
    this.#seen.add(key)
    return false
  }
}

function isPlainTag(xml: string, mark: Mark, tags: Readonly<Record<string, Rule>>): boolean {
  const rule = Object.hasOwn(tags, mark.name) ? tags[mark.name] : undefined
  const end = mark.kind === 'empty' ? mark.end - 2 : mark.end - 1
  const attributes = xml.slice(mark.start + 1 + mark.name.length, end).trimEnd()
  return rule?.test(attributes) === true
}
