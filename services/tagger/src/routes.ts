import { type Routes, requireRole, schemaOf } from '@newswire/http'
import { z } from 'zod'
import { type HandRoutesOptions, handRoutes } from './hand/routes.js'
import { taggerLimits } from './limits.js'
import { vocabularyRoutes } from './lookup/routes.js'
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

/** `/api/v1/tags/preview`, `/api/v1/vocabulary/*` and `/api/v1/items/{id}/tags`. */
export function taggerRoutes(options: HandRoutesOptions): Routes {
  const rooms = [previewRoutes(options), vocabularyRoutes(options), handRoutes(options)]
  return async (server) => {
    for (const room of rooms) await room(server)
  }
}

/** `POST /api/v1/tags/preview`: what a text would be tagged with, and why. */
export function previewRoutes({ vocabulary }: Pick<HandRoutesOptions, 'vocabulary'>): Routes {
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
        return {
          vocabulary: vocabulary.version,
          ...tag({ headline, language, body: { text }, sourceCodes: [] }, vocabulary),
        }
      },
    )
  }
}
