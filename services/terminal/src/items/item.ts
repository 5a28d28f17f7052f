import { z } from 'zod'

const tagSchema = z.looseObject({
  scheme: z.string(),
  code: z.string(),
  label: z.string().nullish(),
  score: z.number().nullish(),
  how: z.string().nullish(),
  evidence: z.array(z.looseObject({ text: z.string(), field: z.string().nullish() })).nullish(),
})

/** What the terminal shows of an item: ninjs 3.1 with our own facts. */
export const itemSchema = z.looseObject({
  language: z.string().nullish(),
  bodies: z
    .array(z.looseObject({ contentType: z.string().nullish(), value: z.string().nullish() }))
    .nullish(),
  _newswire: z.looseObject({
    id: z.string(),
    wire: z.string(),
    source: z.string().nullish(),
    version: z.number(),
    revision: z.string().nullish(),
    change: z.string().nullish(),
    status: z.string(),
    headline: z.string().nullish(),
    issuer: z.looseObject({ name: z.string().nullish() }).nullish(),
    credit: z.string().nullish(),
    dateline: z.looseObject({ raw: z.string().nullish() }).nullish(),
    sourceUrl: z.string().nullish(),
    published: z.string().nullish(),
    updated: z.string().nullish(),
    embargoUntil: z.string().nullish(),
    story: z.string().nullish(),
    corrects: z.string().nullish(),
    tags: z.array(tagSchema).nullish(),
  }),
})
export type Item = z.output<typeof itemSchema>
export type ItemTag = z.output<typeof tagSchema>

export const itemPageSchema = z.looseObject({
  items: z.array(itemSchema),
  next: z.string().nullish(),
})

const isTopic = ({ scheme }: ItemTag) => scheme === 'medtop'
const isRegion = ({ scheme }: ItemTag) => /^(?:iso3166|m49|bloc)/.test(scheme)

export const regionsOf = ({ _newswire: { tags } }: Item): string[] =>
  (tags ?? []).filter(isRegion).map(({ code }) => code)

export const topicsOf = ({ _newswire: { tags } }: Item): string[] =>
  (tags ?? []).filter(isTopic).map(({ code }) => code)
