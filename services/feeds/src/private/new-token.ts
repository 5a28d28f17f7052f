import { Problem } from '@newswire/http'
import { z } from 'zod'

/** Limits of the tokens for private feeds. */
export const feedTokenLimits = { tokensMax: 1_000, sourcesMax: 100, nameCharsMax: 100 } as const

const { sourcesMax, nameCharsMax } = feedTokenLimits
const sourceId = z.string().trim().min(1).max(128)

/** What a new token is to be called, and the ids of the sources that it opens. */
export const newTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(nameCharsMax),
  sources: z.union([z.literal('all'), z.array(sourceId).min(1).max(sourcesMax)]),
})

export type NewToken = z.infer<typeof newTokenSchema>

const sentences: Readonly<Record<string, string>> = {
  name: `Give "name" as a text of 1 to ${nameCharsMax} characters.`,
  sources: `Give "sources" as "all", or as a list of 1 to ${sourcesMax} ids of sources.`,
}

/** The wish in a body. Throws a Problem that says what to give. */
export function readNewToken(body: unknown): NewToken {
  const read = newTokenSchema.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : String(issue?.path[0] ?? '')
  const unknown = `Send {"name", "sources"} and nothing else.`
  throw new Problem({
    status: 422,
    slug: 'invalid-body',
    title: 'The body is not as it must be',
    detail: sentences[key ?? ''] ?? unknown,
    extra: { in: 'body', field: key ?? '' },
  })
}
