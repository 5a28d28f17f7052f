import {
  type HttpReply,
  type HttpRequest,
  Problem,
  publicLimit,
  type Routes,
  schemaOf,
} from '@newswire/http'
import {
  createLookup,
  type Lookup,
  languages,
  rootCode,
  type VocabularyRow,
} from '@newswire/vocabulary'
import { z } from 'zod'
import { taggerLimits } from '../limits.js'
import type { Vocabulary } from '../vocabulary.js'
import { codeRows } from './code-rows.js'

/** The vocabulary changes with the program: a cached copy may serve for so long. */
const cacheSeconds = 3_600
const { vocabularyRowsDefault, vocabularyRowsMax, searchCharsMax, codesCharsMax } = taggerLimits

const querySchema = z.strictObject({
  q: z
    .string()
    .min(1)
    .max(searchCharsMax)
    .optional()
    .describe('The beginning of a code or of a word of a label, in any language'),
  lang: z.enum(languages).optional().describe('Whose labels count most in a search'),
  parent: z
    .string()
    .min(1)
    .max(searchCharsMax)
    .optional()
    .describe('The code whose children are wanted; `root` for the top of the tree'),
  codes: z
    .string()
    .min(1)
    .max(codesCharsMax)
    .optional()
    .describe('Codes with commas between: these rows alone'),
  limit: z.int().min(1).max(vocabularyRowsMax).default(vocabularyRowsDefault),
  cursor: z
    .string()
    .regex(/^[0-9]{1,9}$/)
    .optional()
    .describe('The `next` of the page before'),
})
type Query = z.infer<typeof querySchema>

/** `/api/v1/vocabulary/regions` and `/topics`: labels in five languages, tree, search. Public. */
export function vocabularyRoutes({ vocabulary }: { readonly vocabulary: Vocabulary }): Routes {
  const rows = codeRows(vocabulary)
  const lists = {
    regions: createLookup(
      rows.filter(({ scheme }) => scheme !== 'medtop'),
      vocabulary.placeOf,
    ),
    topics: createLookup(rows.filter(({ scheme }) => scheme === 'medtop')),
  }
  const etag = `"${vocabulary.version}"`

  return (server) => {
    for (const [name, lookup] of Object.entries(lists)) {
      server.get(
        `/api/v1/vocabulary/${name}`,
        {
          config: publicLimit,
          schema: {
            tags: ['tags'],
            summary: `The ${name} that items are tagged with: labels in five languages, tree, search`,
            querystring: schemaOf(querySchema),
          },
        },
        (request: HttpRequest, reply: HttpReply) => {
          reply.header('etag', etag).header('cache-control', `public, max-age=${cacheSeconds}`)
          if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
          const page = pageOf(lookup, querySchema.parse(request.query))
          return reply.send({ vocabulary: vocabulary.version, ...page })
        },
      )
    }
  }
}

function pageOf(
  lookup: Lookup,
  query: Query,
): { items: readonly VocabularyRow[]; next: string | null } {
  const found = rowsOf(lookup, query)
  const from = Number(query.cursor ?? 0)
  const end = from + query.limit
  return { items: found.slice(from, end), next: end < found.length ? String(end) : null }
}

function rowsOf(lookup: Lookup, { q, lang, parent, codes }: Query): readonly VocabularyRow[] {
  if ([q, parent, codes].filter((each) => each !== undefined).length > 1) {
    throw unfit('Ask by `q`, by `parent` or by `codes`: one of them at a time.')
  }
  if (q !== undefined) return lookup.search(q, lang)
  if (codes !== undefined) return codes.split(',').flatMap((code) => lookup.byCode(code) ?? [])
  if (parent === undefined) return lookup.rows
  if (parent === rootCode) return lookup.below(rootCode)
  const row = lookup.byCode(parent)
  if (!row) throw unfit(`There is no ${parent} here. Look for it with \`q\`.`)
  return lookup.below(row.code)
}

function unfit(detail: string): Problem {
  return new Problem({
    status: 400,
    slug: 'unfit-query',
    title: 'This can’t be looked up',
    detail,
  })
}
