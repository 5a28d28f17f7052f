import { z } from 'zod'
import { tagSchema } from './tag.js'

/** Limits of an item. A larger input is a dead letter with its reason, never cut in silence. */
export const itemLimits = {
  itemBytesMax: 1_048_576,
  /** Some feeds give a whole text as the title: pages show its beginning and lead to the rest. */
  headlineCharsMax: 16_384,
  linksMax: 200,
  mediaMax: 100,
  tagsMax: 200,
  /** How many past versions of an item keep their content hash. */
  lineageMax: 64,
} as const

/**
 * The `embargoUntil` of a release whose embargo nobody can read: it waits for a person, who
 * releases it (`flags` has `embargo-unreadable`).
 */
export const untilReleased = '9999-12-31T23:59:59.000Z'

/** The flag of an item whose every word was erased by law. */
export const erasedFlag = 'erased'

const instant = z.iso.datetime({ offset: true })

export const changes = ['new', 'update', 'correction', 'withdrawal'] as const
export const statuses = ['usable', 'withheld', 'canceled'] as const

/** What orders one version against another: the source's own word first, then our RAW sequence. */
export const precedenceSchema = z.object({
  /** The source's own version number. */
  sourceVersion: z.number().int().optional(),
  /** The source's own time of modification. */
  modified: instant.optional(),
  /** The sequence in stream RAW of the raw item that this came from. */
  rawSequence: z.number().int().nonnegative(),
  /** SHA-256 (base64url) over what a reader sees; equal hashes mean that nothing changed. */
  contentHash: z.string(),
})

export const lineageEntrySchema = precedenceSchema.extend({
  version: z.number().int().positive(),
  /** This version took the item back: what the source does not call newer stays back with it. */
  withdrawn: z.literal(true).optional(),
  /** A person made this version: no text of the source undoes it, only another decision does. */
  byPerson: z.literal(true).optional(),
  /** Every word was erased by law, for ever. */
  erased: z.literal(true).optional(),
  /** The id under which this version came in, where that is another than the item's own. */
  via: z.string().optional(),
  /** This version called itself a correction. */
  corrects: z.literal(true).optional(),
})

/** What a correction or a withdrawal names as the release that it speaks of. */
export const noticeSchema = z.object({
  kind: z.enum(['correction', 'withdrawal']),
  /** Names of that release as the source writes them: the wire's ids, URIs, OTS numbers. */
  ids: z.array(z.string()),
  title: z.string().optional(),
  issuer: z.string().optional(),
  /** The day that it was issued: `YYYY-MM-DD`. */
  date: z.string().optional(),
})

export const datelineSchema = z.object({
  /** As it stands in the release: `Chongqing, China (ots/PRNewswire)`. */
  raw: z.string(),
  places: z.array(z.string()),
  /** `YYYY-MM-DD`. */
  date: z.string().optional(),
  /** As written: `ots/PRNewswire`, `PRNewswire-FirstCall`. */
  wire: z.string().optional(),
})

export const bodySchema = z.object({
  /** Sanitised HTML, fit to be shown anywhere. */
  html: z.string(),
  text: z.string(),
  /** False for a teaser: the full release has not come in. */
  complete: z.boolean(),
})

export const mediaSchema = z.object({
  url: z.string(),
  mimeType: z.string().optional(),
  caption: z.string().optional(),
  rights: z.string().optional(),
})

/** A subject that the source itself gave, in its own vocabulary: material for the tagger. */
export const sourceCodeSchema = z.object({
  scheme: z.string(),
  code: z.string().optional(),
  name: z.string().optional(),
})

/** One version of one item, as stream ITEMS holds it. Instants are RFC 3339 in UTC. */
export const normalizedItemSchema = z.object({
  /** `<wire>-<wire's own id>`, the same over all versions. */
  id: z.string(),
  uri: z.string(),
  /** `na` (news aktuell), `prn` (PR Newswire), or the source's own short name. */
  wire: z.string(),
  version: z.number().int().positive(),
  change: z.enum(changes),
  status: z.enum(statuses),
  embargoUntil: instant.optional(),
  /** The id of another item that this one corrects. */
  corrects: z.string().optional(),
  /** What it names as the release that it corrects or takes back, while that is not found. */
  notice: noticeSchema.optional(),
  /** The id of the first item that tells the same release, on whatever wire, in any language. */
  story: z.string().optional(),
  /** Why they are one story, as sentences. */
  storyReasons: z.array(z.string()).optional(),
  headline: z.string(),
  subheadline: z.string().optional(),
  body: bodySchema,
  /** ISO 639-1 as the source states it, or `und` where it says nothing. */
  language: z.string(),
  dateline: datelineSchema.optional(),
  issuer: z.object({ name: z.string(), id: z.string().optional(), url: z.string().optional() }),
  /** The line that must be shown with the item. */
  credit: z.string(),
  contact: z.string().optional(),
  tickers: z.array(z.string()),
  links: z.array(z.string()),
  media: z.array(mediaSchema),
  sourceUrl: z.string().optional(),
  /** First version's time as the source gives it, else when it came in. */
  published: instant,
  /** This version's time. */
  updated: instant,
  received: instant,
  /** Register id of the source that it came through, or `push` / `drop`. */
  source: z.string(),
  rights: z.enum(['full', 'teaser', 'private']),
  sourceCodes: z.array(sourceCodeSchema),
  /** What a person should know about the reading of this item: `date-clamped`, `no-issuer`, … */
  flags: z.array(z.string()),
  precedence: precedenceSchema,
  /** All versions up to this one, oldest first, bounded by `lineageMax`. */
  lineage: z.array(lineageEntrySchema),
})

/** As much of an item as filters see of its tags. */
const toldAsSchema = z.object({ language: z.string(), tags: z.array(tagSchema) })

/** What the outside may see, as stream TAGGED holds it. */
export const taggedItemSchema = normalizedItemSchema.extend({
  /** 1, 2, …: how often this version was tagged. `revision` is `<version>.<tagging>`. */
  tagging: z.number().int().positive(),
  /** Version of the vocabulary that gave the tags. */
  vocabulary: z.string(),
  tags: z.array(tagSchema),
  /**
   * Who is told of a version that was tagged again: nobody, or everyone whose filter takes it, also
   * who has the version. Absent: whom its tags bring it to for the first time. Feeds always show
   * it.
   */
  announce: z.enum(['nobody', 'everyone']).optional(),
  /** What filters may see of this tagging, where it is less or more than what readers see. */
  toldAs: toldAsSchema.optional(),
  /** What filters saw before this tagging: whom that brought the item to, this one does not. */
  toldBefore: toldAsSchema.optional(),
  /**
   * Where in stream TAGGED it was last announced, which is its place in feeds; absent: here. Who
   * tags silently moves nothing.
   */
  place: z.number().int().positive().optional(),
  /** Where this version's first tagging stands in stream TAGGED; absent: this one is it. */
  firstSequence: z.number().int().positive().optional(),
})

/** The item as filters may see it: without what a silent tagging brought. */
export function asTold(item: TaggedItem): TaggedItem {
  return item.toldAs === undefined ? item : { ...item, ...item.toldAs }
}

/** The item as filters saw it before this tagging; undefined where this is its version's first. */
export function asToldBefore(item: TaggedItem): TaggedItem | undefined {
  return item.toldBefore === undefined ? undefined : { ...item, ...item.toldBefore }
}

/** Where an item lies in feeds and lists: `sequence` is its own in stream TAGGED. */
export function placeOf({ place }: TaggedItem, sequence: number): number {
  return place ?? sequence
}

export function isErased({ flags }: Pick<NormalizedItem, 'flags'>): boolean {
  return flags.includes(erasedFlag)
}

export type Precedence = z.infer<typeof precedenceSchema>
export type LineageEntry = z.infer<typeof lineageEntrySchema>
export type Notice = z.infer<typeof noticeSchema>
export type Dateline = z.infer<typeof datelineSchema>
export type Body = z.infer<typeof bodySchema>
export type Media = z.infer<typeof mediaSchema>
export type SourceCode = z.infer<typeof sourceCodeSchema>
export type NormalizedItem = z.infer<typeof normalizedItemSchema>
export type TaggedItem = z.infer<typeof taggedItemSchema>
export type Change = NormalizedItem['change']
export type Status = NormalizedItem['status']

/** `3.1`: version 3, tagged once. */
export function revisionOf(item: Pick<TaggedItem, 'version' | 'tagging'>): string {
  return `${item.version}.${item.tagging}`
}

/** Negative where `a` is the older of two revisions, 0 where they are one, else positive. */
export function compareRevisions(a: string, b: string): number {
  const [aVersion = 0, aTagging = 0] = a.split('.').map(Number)
  const [bVersion = 0, bTagging = 0] = b.split('.').map(Number)
  return aVersion - bVersion || aTagging - bTagging
}
