import type { GivenRow } from '@newswire/vocabulary'
import type { Vocabulary } from '../vocabulary.js'

/** Every region and topic that an item can be tagged with. */
export function codeRows({ regionRows, topicRows }: Vocabulary): GivenRow[] {
  return [...regionRows, ...topicRows.map((row) => ({ ...row, scheme: 'medtop' }))].map(
    ({ scheme, code, labels, broader }) => ({ scheme, code, labels, broader: [...broader] }),
  )
}
