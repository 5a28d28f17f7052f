import { z } from 'zod'

/**
 * One entry of a feed as intake read it: every element that an entry carries, in document order.
 */
export const feedEntrySchema = z.object({
  guid: z.string().optional(),
  link: z.string().optional(),
  title: z.string().optional(),
  /** The fullest text that the entry has, HTML or plain, as it stands in the feed. */
  content: z.string().optional(),
  summary: z.string().optional(),
  /** As written. */
  published: z.string().optional(),
  updated: z.string().optional(),
  author: z.string().optional(),
  categories: z.array(z.string()),
  enclosures: z.array(
    z.object({
      url: z.string(),
      type: z.string().optional(),
      caption: z.string().optional(),
      credit: z.string().optional(),
    }),
  ),
  /** Namespaced elements by their qualified name, values in document order: `prn:industry`. */
  extensions: z.record(z.string(), z.array(z.string())),
  /** What the channel says of itself. */
  feed: z.object({
    title: z.string().optional(),
    link: z.string().optional(),
    language: z.string().optional(),
    url: z.string().optional(),
  }),
})

const textNames = [
  'guid',
  'link',
  'title',
  'content',
  'summary',
  'published',
  'updated',
  'author',
] as const
const enclosureNames = ['url', 'type', 'caption', 'credit'] as const
const feedNames = ['title', 'link', 'language', 'url'] as const

/**
 * Whether a value is what `feedEntrySchema` describes, told without building another one: entries
 * are most of what comes in, and the schema alone costs a sixth of reading one.
 */
export function isFeedEntry(value: unknown): value is FeedEntry {
  if (!isFields(value)) return false
  const { categories, enclosures, extensions, feed } = value
  return (
    areTexts(value, textNames) &&
    isTexts(categories) &&
    Array.isArray(enclosures) &&
    enclosures.every((one) => isFields(one) && 'url' in one && areTexts(one, enclosureNames)) &&
    isFields(extensions) &&
    Object.values(extensions).every(isTexts) &&
    isFields(feed) &&
    areTexts(feed, feedNames)
  )
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function areTexts(fields: Fields, names: readonly string[]): boolean {
  for (const name of names) {
    const value = fields[name]
    if (value !== undefined && typeof value !== 'string') return false
  }
  return true
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

export const rawContentTypes = {
  entry: 'application/vnd.newswire.entry+json',
  ninjs: 'application/json',
  text: 'text/plain',
  xml: 'application/xml',
  /** One item in dpa's own JSON. */
  digitalwires: 'application/vnd.newswire.digitalwires+json',
  /** One story of the presseportal API, as it stands in `content.story`. */
  presseportal: 'application/vnd.newswire.presseportal+json',
  /** One release of PR Newswire's own API, as it stands in `data`. */
  cision: 'application/vnd.newswire.cision+json',
  /** What a person decided: `decisionSchema`. */
  decision: 'application/vnd.newswire.decision+json',
} as const

export const doors = ['poll', 'push', 'drop', 'websub', 'desk'] as const

/** What arrived, as it arrived, as stream RAW holds it. */
export const rawItemSchema = z.object({
  /** Register id of the source, or `push` / `drop` / `desk`. */
  source: z.string(),
  /** The wire that the source belongs to; absent where the text itself must say. */
  wire: z.string().optional(),
  door: z.enum(doors),
  contentType: z.enum(Object.values(rawContentTypes) as [string, ...string[]]),
  /** Decoded to Unicode, otherwise untouched. For `entry` a feedEntry as JSON. */
  body: z.string(),
  received: z.iso.datetime(),
  rights: z.enum(['full', 'teaser', 'private']),
  /** Id of the key that pushed or decided it. */
  pushedBy: z.string().optional(),
  /** Name of the dropped file. */
  file: z.string().optional(),
})

export type FeedEntry = z.infer<typeof feedEntrySchema>
export type RawItem = z.infer<typeof rawItemSchema>
