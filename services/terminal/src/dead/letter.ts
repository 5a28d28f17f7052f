import { z } from 'zod'
import { type House, listAll } from '../house/index.js'

export const letterSchema = z.looseObject({
  id: z.string(),
  stage: z.string(),
  subject: z.string().nullish(),
  sequence: z.number().nullish(),
  deliveries: z.number().nullish(),
  at: z.string().nullish(),
  input: z.unknown(),
  error: z.looseObject({ name: z.string().nullish(), message: z.string() }),
})
export type Letter = z.output<typeof letterSchema>

const pageLettersMax = 200

export const lettersPath = '/api/v1/dead-letters'
export const pathOf = (id: string) => `${lettersPath}/${encodeURIComponent(id)}`

/** Newest first, of one stage or of all. */
export function listLetters(
  house: House,
  { stage, limit }: { stage?: string | undefined; limit: number },
): Promise<Letter[]> {
  const query = new URLSearchParams(stage === undefined ? {} : { stage })
  return listAll(house, {
    path: lettersPath,
    schema: letterSchema,
    query,
    limit,
    pageMax: pageLettersMax,
  })
}
