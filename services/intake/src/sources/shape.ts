import { type FieldFault, faultsOfType, Problem } from '@newswire/http'
import type { HubSubscription, Source } from '@newswire/model'
import { shortHash, toToken } from '@newswire/model'
import { z } from 'zod'
import { intakeLimits } from '../limits.js'
import type { Position } from '../poll/position.js'
import { hubStateOf, stateOf } from './state.js'

const { intervalSecondsMin, intervalSecondsMax, intervalSecondsDefault } = intakeLimits

/** Folders of the drop folder that have a meaning of their own. */
const ownFolders = new Set(['done', 'failed'])

const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(2_000)
const dropUrl = z
  .string()
  .regex(/^drop:[a-z0-9][a-z0-9_-]{0,63}$/, 'must be drop:<name>, of a-z 0-9 _ and -')
  .refine((url) => !ownFolders.has(url.slice('drop:'.length)), 'names a folder that is in use')
const apiKey = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')

const fields = {
  wire: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and -, at most 32'),
  name: z.string().trim().min(1).max(200),
  intervalSeconds: z.number().int().min(intervalSecondsMin).max(intervalSecondsMax),
  rights: z.enum(['full', 'teaser', 'private']),
}

const newFields = {
  wire: fields.wire.optional(),
  name: fields.name.optional(),
  intervalSeconds: fields.intervalSeconds.default(intervalSecondsDefault),
  rights: fields.rights.default('full'),
}

/** A key in the address would be shown with it. */
const keylessUrl = webUrl.refine(
  (url) => !URL.canParse(url) || !new URL(url).searchParams.has('api_key'),
  'holds api_key: send the key as `key`, which is kept secret',
)

export const newSourceSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('rss'), url: webUrl, ...newFields }),
    z.strictObject({ kind: z.literal('websub'), url: webUrl, ...newFields }),
    z.strictObject({
      kind: z.literal('presseportal-api'),
      url: keylessUrl,
      key: apiKey,
      ...newFields,
    }),
    z.strictObject({ kind: z.literal('drop'), url: dropUrl, ...newFields }),
  ],
  { error: 'must be an object whose kind is rss, presseportal-api, websub or drop' },
)

export const sourceChangeSchema = z
  .strictObject({ url: z.string().max(2_000), key: apiKey, ...fields, enabled: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'must name at least one field to change')

export type NewSource = z.infer<typeof newSourceSchema>
export type SourceChange = z.output<typeof sourceChangeSchema>

const urlSchemas = {
  rss: webUrl,
  websub: webUrl,
  'presseportal-api': keylessUrl,
  drop: dropUrl,
} as const

/** Reads a body, or answers 422 with every fault by its field. */
export function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw invalid(faultsOfType(result.error, body))
}

/** A change whose address and key fit the kind of the row; the address in its standard spelling. */
export function readChange(
  body: unknown,
  { kind, url: before }: Pick<Source, 'kind' | 'url'>,
): SourceChange {
  const { url, ...change } = readBody(sourceChangeSchema, body)
  if (change.key !== undefined && kind !== 'presseportal-api') {
    throw invalid([{ field: 'key', rule: 'unknown', fault: 'only a presseportal-api has a key' }])
  }
  if (url === undefined) return change
  const read = readBody(z.object({ url: urlSchemas[kind] }), { url })
  const standard = standardUrl(read.url)
  const isElsewhere = new URL(standard).host !== new URL(before).host
  if (kind === 'presseportal-api' && isElsewhere && change.key === undefined) {
    throw invalid([
      {
        field: 'key',
        rule: 'missing',
        fault: 'was given for another host: send it with the address',
      },
    ])
  }
  return { ...change, url: standard }
}

function invalid(faults: readonly FieldFault[]): Problem {
  return new Problem({
    status: 422,
    slug: 'invalid-body',
    title: 'The source is not as it must be',
    detail: faults.map(({ field, fault }) => `${field || 'The body'}: ${fault}`).join('; '),
    extra: { faults },
  })
}

/** In its standard spelling, without a fragment, which no server gets to see. */
function standardUrl(address: string): string {
  const url = new URL(address)
  url.hash = ''
  return url.href
}

/** The row of a new source. Its id comes from its address: the same address is the same source. */
export function sourceFrom(body: NewSource): Omit<Source, 'key'> {
  const url = new URL(standardUrl(body.url))
  const place = body.kind === 'drop' ? url.pathname : url.hostname.replace(/^www\./, '')
  const hash = shortHash(url.href).slice(0, 8)
  return {
    id: toToken(
      `${body.kind === 'drop' ? 'drop-' : ''}${place.replace(/[^a-z0-9]+/g, '-')}-${hash}`,
    ),
    kind: body.kind,
    name: body.name ?? place,
    url: url.href,
    wire: body.wire ?? (body.kind === 'presseportal-api' ? 'na' : wireOf(place)),
    rights: body.rights,
    intervalSeconds: body.intervalSeconds,
    enabled: true,
  }
}

/** The houses whose ids we know; every other host is a wire of its own. */
function wireOf(host: string): string {
  if (/(?:^|\.)(?:presseportal|news-aktuell|newsaktuell)\.[a-z]+$/.test(host)) return 'na'
  if (/(?:^|\.)prnewswire\.(?:com|ca|co\.uk)$/.test(host)) return 'prn'
  const name = host.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
  return /^[a-z]/.test(name) ? name.slice(0, 32) : `s-${name}`.slice(0, 32)
}

export interface ShownFacts {
  readonly position: Position | undefined
  readonly subscription: HubSubscription | undefined
  readonly now: Date
  /** Whether hubs know where to find us. */
  readonly isReachable: boolean
}

/** A source as the API shows it, with what its last polls were like; its key never. */
export function shownSource({ key, ...source }: Source, facts: ShownFacts) {
  const { position, now } = facts
  const { source: _id, seenCount: seen, ...polls } = position ?? { source: source.id, seenCount: 0 }
  const hub = hubStateOf(source, facts)
  const { nextPollAt, everyMs, because, lastItemAt } = position ?? {}
  return {
    ...source,
    ...(source.kind === 'presseportal-api' ? { hasKey: key !== undefined } : {}),
    ...stateOf(source, position, now),
    ...(nextPollAt && source.enabled ? { nextPollAt } : {}),
    ...(everyMs === undefined
      ? {}
      : { interval: { seconds: Math.round(everyMs / 1_000), because } }),
    ...(lastItemAt === undefined ? {} : { lastItemAt }),
    ...(hub === undefined ? {} : { hub }),
    polls: { ...polls, seen },
  }
}
