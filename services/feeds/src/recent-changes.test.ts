import { taggedItem } from '@newswire/model/testing'
import { expect, test } from 'vitest'
import { RecentChanges } from './recent-changes.js'

const itemOf = (id: string, text: string) =>
  taggedItem({ id, headline: '', body: { html: '', text, complete: true } })

test('changes are forgotten by their number and by their characters, the oldest first', () => {
  const changes = new RecentChanges({ changesMax: 3, changeCharsMax: 100 })
  const tell = (sequence: number, text: string) =>
    changes.onPublicChange({ item: itemOf(`na-${sequence}`, text), before: undefined, sequence })
  const wasAskedFor = (count: number, id: string) =>
    changes.hasSince(count, (item) => item.id === id)
  tell(1, 'a')
  expect(wasAskedFor(0, 'na-other')).toBe(false)
  tell(2, 'b'.repeat(60))
  tell(3, 'c'.repeat(60))
  // The first two are gone: who saw neither can't be checked, who saw them can.
  expect(wasAskedFor(1, 'na-other')).toBe(true)
  expect(wasAskedFor(2, 'na-other')).toBe(false)
  expect(wasAskedFor(2, 'na-3')).toBe(true)
  tell(4, 'd'.repeat(101))
  expect(wasAskedFor(3, 'na-other')).toBe(true)
  expect(wasAskedFor(4, 'na-other')).toBe(false)
  tell(5, 'e')
  expect(wasAskedFor(4, 'na-5')).toBe(true)
  expect(wasAskedFor(4, 'na-other')).toBe(false)
})
