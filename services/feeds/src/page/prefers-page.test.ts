import { expect, test } from 'vitest'
import { prefersPage } from './prefers-page.js'

const firefox = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const chrome =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7'
const feedparser =
  'application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1'
const simplePie =
  'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1'

test.each([
  ['Firefox', firefox, true],
  ['Chrome', chrome, true],
  ['a bare wish for a page', 'text/html', true],
  ['no Accept', undefined, false],
  ['curl', '*/*', false],
  ['feedparser and rss2email', feedparser, false],
  ['SimplePie', simplePie, false],
  ['a tie', 'text/html, application/rss+xml', false],
  ['a tie by a wildcard', 'text/html, */*', false],
  ['a tie by the plain XML type', 'text/html, text/xml', false],
  ['a refusal', 'text/html;q=0, */*;q=0', false],
  ['the feed by name', 'text/html;q=0.5, application/rss+xml;q=0.9', false],
])('%s', (_, accept, expected) => {
  expect(prefersPage(accept, 'application/rss+xml; charset=utf-8')).toBe(expected)
})
