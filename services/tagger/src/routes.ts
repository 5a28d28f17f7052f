import { type HttpReply, publicLimit, type Routes, requireRole, schemaOf } from '@newswire/http'
import { z } from 'zod'
import { type HandRoutesOptions, handRoutes } from './hand/routes.js'
import { taggerLimits } from './limits.js'
import { tag } from './tag.js'

const previewSchema = z.strictObject({
  headline: z.string().max(taggerLimits.previewCharsMax).optional(),
  text: z.string().min(1).max(taggerLimits.previewCharsMax),
  /** ISO 639-1; without it, the text decides. */
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$/)
    .optional(),
})

/** JSON is escaped text: six bytes a character at most, for headline and text. */
const previewBytesMax = taggerLimits.previewCharsMax * 12

/** The vocabulary changes with the program: a cached copy may serve for so long. */
const cacheSeconds = 3_600

/** `/api/v1/tags/preview`, `/api/v1/vocabulary/*` and `/api/v1/items/{id}/tags`. */
export function taggerRoutes(options: HandRoutesOptions): Routes {
  const rooms = [vocabularyRoutes(options), handRoutes(options)]
  return async (server) => {
    for (const room of rooms) await room(server)
  }
}

/** What needs the vocabulary alone. */
export function vocabularyRoutes({ vocabulary }: Pick<HandRoutesOptions, 'vocabulary'>): Routes {
  const regions = vocabulary.regionRows.map(({ scheme, code, labels, broader }) => ({
    scheme,
    code,
    labels,
    broader,
  }))
  const topics = vocabulary.topicRows.map(({ code, labels, broader }) => ({
    scheme: 'medtop' as const,
    code,
    labels,
    broader,
  }))
  const regionsBody = { vocabulary: vocabulary.version, items: regions, next: null }
  const topicsBody = { vocabulary: vocabulary.version, items: topics, next: null }
  const etag = `"${vocabulary.version}"`

  return (server) => {
    server.post(
      '/api/v1/tags/preview',
      {
        preHandler: requireRole('ingest', 'subscriber'),
        bodyLimit: previewBytesMax,
        schema: {
          tags: ['tags'],
          summary: 'The tags that a text would get',
          body: schemaOf(previewSchema),
        },
      },
      (request) => {
        const { headline = '', text, language = 'und' } = previewSchema.parse(request.body)
        return tag({ headline, language, body: { text }, sourceCodes: [] }, vocabulary)
      },
    )
    server.get(
      '/api/v1/vocabulary/regions',
      { config: publicLimit, schema: { tags: ['tags'], summary: 'All regions with labels' } },
      (request, reply) => cached(reply, request.headers['if-none-match'], etag, regionsBody),
    )
    server.get(
      '/api/v1/vocabulary/topics',
      { config: publicLimit, schema: { tags: ['tags'], summary: 'All topics with labels' } },
      (request, reply) => cached(reply, request.headers['if-none-match'], etag, topicsBody),
    )
  }
}

function cached(
  reply: HttpReply,
  known: string | undefined,
  etag: string,
  body: object,
): HttpReply {
  reply.header('etag', etag).header('cache-control', `public, max-age=${cacheSeconds}`)
  if (known?.includes(etag)) return reply.code(304).send()
  return reply.send(body)
}
