import type { Newswire } from '@newswire/kit'
import { expect, vi } from 'vitest'
import { hostile, patience, publish, releaseOf } from './hostile.js'

/** Feeds of all kinds: all, none, one, trees, words, languages, negations, limits. */
export const filters: readonly string[] = [
  '',
  'region=FR',
  'region=142',
  'region=bloc:EU',
  'topic=medtop:04000000',
  'lang=de',
  'lang=de,fr',
  'q=umsatz',
  'q=%22second+release%22',
  'not.lang=en',
  'not.region=FR',
  'hl=de&lang=en',
  'limit=3',
  'source=nobody',
]

export interface Furnished {
  /** Ids by the names of `hostile`. */
  readonly ids: ReadonlyMap<string, string>
  readonly corrected: string
  readonly withdrawn: string
}

/** Puts every hostile release into a house, corrects one and withdraws another. */
export async function furnish(newswire: Newswire): Promise<Furnished> {
  const extra = [
    { ...sample('to be corrected'), headline: 'A plant with <200> jobs & a fault' },
    { ...sample('to be withdrawn'), headline: 'A release that goes away & <away>' },
  ]
  const all = [...hostile, ...extra]
  const ids = await publish(
    newswire,
    all.map((item) => releaseOf(item)),
  )
  const [corrected = '', withdrawn = ''] = ids.slice(-2)
  const [first, second] = extra
  if (!first || !second) throw new Error('There is nothing to correct.')
  await publish(newswire, [
    releaseOf(first, {
      ...{ version: '2', versionCreated: '2026-03-01T12:00:00Z' },
      headlines: [{ role: 'main', value: 'Correction: a plant with <300> jobs' }],
    }),
    releaseOf(second, {
      version: '2',
      versionCreated: '2026-03-01T13:00:00Z',
      pubStatus: 'canceled',
    }),
  ])
  await vi.waitFor(async () => {
    expect((await fetch(`${newswire.url}/items/${withdrawn}`)).status).toBe(410)
  }, patience)
  const names = all.map(({ name }) => name)
  return { ids: new Map(names.map((name, at) => [name, ids[at] ?? ''])), corrected, withdrawn }
}

function sample(name: string) {
  return {
    ...{ name: name.replaceAll(' ', '-'), language: 'en', shown: '', at: '2026-03-01T10:20:00Z' },
    html: '<p>The Acme Corporation opens a plant in Lyon, France, with 200 jobs.</p>',
  }
}
