import { Problem } from '@newswire/http'
import { type Source, shortHash, toToken } from '@newswire/model'
import { z } from 'zod'
import { intakeLimits } from '../limits.js'
import type { Position } from '../poll/position.js'

const { intervalSecondsMin, intervalSecondsMax, intervalSecondsDefault } = intakeLimits

const fields = {
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(2_000),
  wire: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and -, at most 32'),
  name: z.string().trim().min(1).max(200),
  intervalSeconds: z.number().int().min(intervalSecondsMin).max(intervalSecondsMax),
  rights: z.enum(['full', 'teaser', 'private']),
}

export const newSourceSchema = z.strictObject({
  kind: z.literal('rss', { error: 'must be rss; a drop folder is the setting DROP_DIR' }),
  url: fields.url,
  wire: fields.wire.optional(),
  name: fields.name.optional(),
  intervalSeconds: fields.intervalSeconds.default(intervalSecondsDefault),
  rights: fields.rights.default('full'),
})

export const sourceChangeSchema = z
  .strictObject({ ...fields, enabled: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'must name at least one field to change')

export type NewSource = z.infer<typeof newSourceSchema>

/** Reads a body, or answers 422 with every fault by its field. */
export function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => {
    const field = issue.path.join('.')
    return { field, fault: issue.message }
  })
  throw new Problem({
    status: 422,
    slug: 'invalid-body',
    title: 'The source is not as it must be',
    detail: faults.map(({ field, fault }) => `${field || 'The body'}: ${fault}`).join('; '),
    extra: { faults },
  })
}

/** The row of a new source. Its id comes from its address: the same address is the same source. */
export function sourceFrom(body: NewSource): Source {
  const url = new URL(body.url)
  const host = url.hostname.replace(/^www\./, '')
  return {
    id: toToken(`${host.replace(/[^a-z0-9]+/g, '-')}-${shortHash(url.href).slice(0, 8)}`),
    kind: body.kind,
    name: body.name ?? host,
    url: url.href,
    wire: body.wire ?? wireOf(host),
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

/** A source as the API shows it, with what its last polls were like. */
export function shownSource(source: Source, position: Position | undefined) {
  const { seen, source: _id, ...polls } = position ?? { seen: {}, source: source.id }
  return {
    ...source,
    state: stateOf(source, position),
    polls: { ...polls, seen: Object.keys(seen).length },
  }
}

function stateOf(source: Source, position: Position | undefined): string {
  if (!source.enabled) return 'disabled'
  if (!position?.lastPollAt) return 'waiting'
  return position.failuresInRow > 0 ? 'failing' : 'ok'
}
