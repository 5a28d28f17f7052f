import type { TaggedItem } from '@newswire/model'
import { taggedItem } from '@newswire/model/testing'
import { expect, it } from 'vitest'
import { checkStory } from './decision-checks.js'

const shown = (id: string, rights: TaggedItem['rights'], source: string) => ({
  item: taggedItem({ id, rights, source }),
  sequence: 1,
})

it.each([
  ['full', 'the-desk', 'full', 'another', true],
  ['full', 'the-desk', 'teaser', 'another', true],
  ['full', 'the-desk', 'private', 'the-desk', false],
  ['private', 'another', 'private', 'the-desk', false],
  ['private', 'the-desk', 'private', 'the-desk', true],
] as const)(
  'an item of rights %s of %s may name one of rights %s of %s as its story: %s',
  (rights, source, otherRights, otherSource, may) => {
    const own = shown('na-1', rights, source)
    const other = shown('na-2', otherRights, otherSource)
    const check = () => checkStory('na-1', 'na-2', { own, other })
    if (may) expect(check).not.toThrow()
    else expect(check).toThrow(/is private/)
  },
)
