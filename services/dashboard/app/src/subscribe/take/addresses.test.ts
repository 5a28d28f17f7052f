import { expect, test } from 'vitest'
import { readChoice } from '../../filter/choice.js'
import { feedPath, webhookPath } from './addresses.js'

const { choice } = readChoice('region=CN,JP&not.topic=medtop:15000000&lang=de')

test('a feed has the address that is served without a redirect', () => {
  expect(feedPath('rss', choice, 'en')).toBe(
    '/feeds/rss?lang=de&not.topic=medtop:15000000&region=CN,JP',
  )
  expect(feedPath('atom', choice, 'de')).toBe(
    '/feeds/atom?hl=de&lang=de&not.topic=medtop:15000000&region=CN,JP',
  )
  expect(feedPath('json', {}, 'en')).toBe('/feeds/json')
})

test('a list of feeds names the feed as a whole', () => {
  const { searchParams } = new URL(feedPath('opml', choice, 'de'), 'http://x')
  expect(searchParams.getAll('feed')).toEqual(['lang=de&not.topic=medtop:15000000&region=CN,JP'])
  expect(feedPath('opml', {}, 'en')).toBe('/feeds/opml?feed=')
})

test('a webhook is registered with the same filter', () => {
  const { searchParams } = new URL(webhookPath(choice), 'http://x')
  expect(readChoice(searchParams.get('filter') ?? '')).toEqual({ choice, strays: [] })
  expect(webhookPath({})).toBe('/webhooks/new')
})
