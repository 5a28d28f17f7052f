import { z } from 'zod'

/** The vocabularies a tag can come from; `medtop` is IPTC Media Topics, `m49` the UN M49 areas. */
export const tagSchemes = ['iso3166-1', 'iso3166-2', 'm49', 'bloc', 'medtop', 'lang'] as const

/** What gives a tag: the source's own code, our names or words, the model, or a person. */
export const tagSources = ['source', 'gazetteer', 'lexicon', 'model', 'person'] as const

/**
 * The words that led to a tag. `start` and `end` are UTF-16 offsets into the named field of the
 * item as it is delivered: `headline`, or `text` (= `body.text`). `raw` is the dateline's raw text.
 */
export const evidenceSchema = z.object({
  field: z.enum(['headline', 'text', 'dateline', 'source']),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  text: z.string(),
  weight: z.number().optional(),
  /** What took these words for a reason. */
  how: z.enum(tagSources).optional(),
})

export const tagSchema = z.object({
  scheme: z.enum(tagSchemes),
  /** `CN`, `DE-BY`, `142`, `bloc:EU`, `medtop:04000000`, `de`. */
  code: z.string(),
  label: z.string(),
  /** 0 to 1. */
  score: z.number().min(0).max(1),
  primary: z.boolean(),
  how: z.enum(tagSources),
  evidence: z.array(evidenceSchema),
  /** The codes of all ancestors, nearest first: CN → 030, 142, 001. Filters match these too. */
  broader: z.array(z.string()),
})

export type Evidence = z.infer<typeof evidenceSchema>
export type Tag = z.infer<typeof tagSchema>
