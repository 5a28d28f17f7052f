import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { problemsEn } from '../app/src/words/problems-en.js'

const root = join(import.meta.dirname, '../../..')

/** Problems that no page of the window can be answered with, and what they are about. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  'bodies that the window does not send': [
    ...['broken-json', 'empty-body', 'wrong-content-length', 'unsupported-media-type'],
    ...['headers-too-large', 'too-slow', 'broken-request', 'invalid-secret'],
    ...['idempotency-key-reused', 'webhook-deleted', 'bad-idempotency-key'],
  ],
  'releases that are pushed': [
    ...['not-an-object', 'too-many-releases', 'no-such-receipt', 'declared-entities', 'broken-xml'],
    ...['no-news-item', 'hollow-item', 'broken-feed', 'no-entry', 'several-entries'],
    ...['unknown-root', 'not-ninjs', 'api-error', 'iptc-7901'],
  ],
  'hubs of WebSub, on both sides': [
    ...['bad-hub-request', 'bad-callback', 'hub-full', 'no-such-subscription', 'not-asked-for'],
  ],
  'feeds, which feed readers ask for': [
    ...['unknown-format', 'bad-archive', 'read-only', 'precondition-failed', 'bad-list'],
    ...['nothing-here', 'unknown-feed-token', 'unknown-source', 'too-many-feed-tokens'],
  ],
  'what the window does not ask for': ['events-gone', 'no-alarm-webhook', 'window-not-built'],
}

/** The type of every problem that a program of the house answers with. */
function slugsOfTheHouse(): Set<string> {
  const files = ['packages', 'services'].flatMap((part) =>
    readdirSync(join(root, part)).flatMap((room) => {
      const src = join(root, part, room, 'src')
      return readdirSync(src, { recursive: true, encoding: 'utf8' }).map((path) => join(src, path))
    }),
  )
  const programs = files.filter(
    (path) => /(?<!\.test)\.ts$/.test(path) && !/\/fixtures\//.test(path),
  )
  return new Set(programs.flatMap((path) => slugsIn(readFileSync(path, 'utf8'))))
}

/** A slug, or the choice between two, as far as the next comma; and the table of the feeds. */
const expressions = [/(?:slug: |slug = |noRelease\()\s*([^,`]*)/g, /const slugs[^{]*\{([^}]*)\}/g]
const literal = /(?<!=== )'([a-z0-9]+(?:-[a-z0-9]+)*)'/g

function slugsIn(text: string): string[] {
  return expressions
    .flatMap((expression) => [...text.matchAll(expression)].map(([, found = '']) => found))
    .flatMap((found) => [...found.matchAll(literal)].map(([, slug = '']) => slug))
}

test('every problem of the house has words, or cannot be met in the window', () => {
  const known = new Set([...Object.keys(problemsEn), ...Object.values(elsewhere).flat()])
  const slugs = [...slugsOfTheHouse()]
  expect(slugs.length).toBeGreaterThan(90)
  expect(slugs.filter((slug) => !known.has(slug))).toEqual([])
  // What no program answers any more needs no words, and no place on the list.
  // `bad-…` is put together where the number is read; the window itself tells the others.
  const composed = ['no-answer', 'strange-answer', 'own-page', 'not-taken', 'bad-id', 'bad-cursor']
  const all = new Set([...slugs, ...composed])
  expect([...known].filter((slug) => !all.has(slug))).toEqual([])
  const twice = Object.values(elsewhere)
    .flat()
    .filter((slug) => Object.hasOwn(problemsEn, slug))
  expect(twice).toEqual([])
})
