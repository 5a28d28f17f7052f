import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Problem } from '@newswire/http'
import type { Feed } from '@newswire/intake'
import { itemIdFrom, shortHash } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import {
  type Arrived,
  arrived,
  bytesOf,
  dropped,
  entriesOf,
  folder,
  polled,
  pushed,
} from './arrive.js'
import type { ExpectedItem, FeedRow } from './expectation.js'
import { datelines } from './expected-datelines.js'
import { documents } from './expected-documents.js'
import { feeds } from './expected-feeds.js'
import { texts } from './expected-texts.js'

const isThere = existsSync(folder)
const sample = it.skipIf(!isThere)
const releases = { ...documents, ...texts }
const rowsOf = <T>(rows: Readonly<Record<string, T>>) => Object.entries(rows)

if (!isThere) {
  it.skip(`reads every sample: the folder ${folder} is missing`, () => undefined)
}

function expectItem({ draft, settlement }: Arrived, expected: ExpectedItem): void {
  const [begins, hash] = expected.headline
  expect(draft.headline.slice(0, begins.length)).toBe(begins)
  if (hash !== undefined) expect(shortHash(draft.headline)).toBe(hash)
  expect({
    status: draft.status,
    sourceVersion: draft.sourceVersion,
    language: draft.language,
    issuer: draft.issuer.name,
    places: draft.dateline?.places,
    date: draft.dateline?.date,
    wire: draft.dateline?.wire,
    embargoUntil: draft.embargoUntil,
    complete: draft.body.complete,
    isCorrection: draft.isCorrection,
    notice: draft.notice?.kind,
    settlement,
  }).toEqual({
    status: expected.status ?? 'usable',
    sourceVersion: expected.version,
    language: expected.language,
    issuer: expected.issuer,
    places: expected.places,
    date: expected.date,
    wire: expected.wire,
    embargoUntil: expected.embargoUntil,
    complete: expected.complete,
    isCorrection: expected.isCorrection ?? false,
    notice: expected.notice,
    settlement: { outcome: 'version', version: 1, change: expected.change ?? 'new' },
  })
  if (expected.published !== undefined) expect(draft.published).toBe(expected.published)
  expect(draft.flags).toEqual(expect.arrayContaining([...(expected.flags ?? [])]))
  expectId(draft, expected.id)
}

/** An id in full, its beginning before a hash, or a wire whose ids are hashes. */
function expectId(draft: Arrived['draft'], expected: string): void {
  if (expected.endsWith('-')) expect(draft.id.startsWith(expected)).toBe(true)
  else if (expected.includes('-')) expect(draft.id).toBe(expected)
  else {
    const { headline, issuer, dateline } = draft
    const named = { wire: expected, issuer: issuer.name, headline, date: dateline?.date ?? '' }
    expect(draft.id).toBe(itemIdFrom(named))
  }
}

async function problemOf(trying: Promise<unknown>): Promise<Problem['shape']> {
  const error = await trying.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Problem) return error.shape
  throw new Error('The door should have sent it away.', { cause: error })
}

describe('a release that is pushed', () => {
  sample.each(rowsOf(releases))('%s becomes what it says', async (path, row) => {
    if ('refused' in row) {
      const { status, says } = row.refused
      expect(await problemOf(pushed(path, row.type))).toMatchObject({
        status,
        detail: expect.stringMatching(says),
      })
      return
    }
    const [release, ...others] = await pushed(path, row.type)
    if (!release) throw new Error('The door gave nothing.')
    expect(others).toEqual([])
    expectItem(
      arrived(release, row.received === undefined ? {} : { received: row.received }),
      row.item,
    )
  })

  sample('comes through the drop folder as the same', async () => {
    for (const [path, row] of rowsOf(releases)) {
      const isPage = path.endsWith('.html')
      if ('refused' in row || isPage) await expect(dropped(path), path).rejects.toThrow(/\w/)
      else expect(await dropped(path), path).toEqual(await pushed(path, row.type))
    }
  })

  sample.each(datelines.lines.map((line, index) => [index, line] as const))(
    `${datelines.path}, line %i has its dateline`,
    (index, { places, wire, ...rest }) => {
      const lines = new TextDecoder().decode(bytesOf(datelines.path)).trim().split('\n')
      expect(lines).toHaveLength(datelines.lines.length)
      const release = {
        contentType: 'text/plain',
        body: `${lines[index] ?? ''} The text goes on from here.`,
      }
      const { draft } = arrived(release, { received: datelines.received })
      expect(draft.dateline).toMatchObject({ places, wire, ...rest })
    },
  )
})

describe('a feed that is polled', () => {
  sample.each(rowsOf(feeds))('%s gives what it holds', async (path, row) => {
    if ('fails' in row) await expect(polled(path, row.url)).rejects.toThrow(row.fails)
    else expectFeed(await polled(path, row.url), row)
  })
})

function expectFeed(feed: Feed, row: FeedRow): void {
  expect(feed.isCut).toBe(false)
  if (row.title !== undefined) expect(feed.feed.title).toBe(row.title)
  const { received, wire = 'feed' } = row
  const own = { source: 'feed', wire, ...(received === undefined ? {} : { received }) }
  const entries = entriesOf(feed)
  const made = entries.flatMap((entry) => itemOrNone(() => arrived(entry, own)) ?? [])
  expect({ items: made.length, dead: entries.length - made.length }).toEqual({
    items: row.items,
    dead: row.dead ?? 0,
  })
  const ends = [
    [made[0], row.first],
    [made.at(-1), row.last],
  ] as const
  for (const [item, expected] of ends) if (item && expected) expectItem(item, expected)
}

function itemOrNone(make: () => Arrived): Arrived | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof Error && error.name === 'PermanentError') return undefined
    throw error
  }
}

describe('the table', () => {
  sample('has a row for every sample', () => {
    const named = [...Object.keys(releases), ...Object.keys(feeds), datelines.path]
    expect(named.toSorted()).toEqual(samples(folder).toSorted())
  })
})

/** Every file but the index, which tells where the others come from. */
function samples(within: string): string[] {
  return readdirSync(within, { withFileTypes: true }).flatMap((entry) => {
    const path = join(within, entry.name)
    if (entry.isDirectory()) return samples(path)
    return entry.name === 'INDEX.md' ? [] : [relative(folder, path)]
  })
}
