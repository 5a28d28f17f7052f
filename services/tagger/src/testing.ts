import type { Taggable } from './fields.js'

/** A taggable item for tests; give what the test is about. */
export function taggable(own: {
  headline?: string
  text?: string
  language?: string
  dateline?: string
  sourceCodes?: Taggable['sourceCodes']
}): Taggable {
  const { headline = '', text = '', language = 'und', dateline, sourceCodes = [] } = own
  return {
    headline,
    language,
    sourceCodes,
    body: { text },
    ...(dateline === undefined ? {} : { dateline: { raw: dateline, places: [] } }),
  }
}
