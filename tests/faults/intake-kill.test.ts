import {
  cancellationOf,
  correctionOf,
  type Entry,
  entryOf,
  type FakeWire,
  fullTextOf,
  itemIdOf,
  markOf,
  noticeEntry,
  type Publication,
  type Push,
  presseportal,
  type Release,
  releaseOf,
  startCatcher,
  startFakeWire,
} from '@newswire/kit'
import { expect, test } from 'vitest'
import type { Moment } from './nats-tap.js'
import { Oracle } from './oracle.js'
import { type RoleHouse, startRoleHouse } from './role-house.js'
import { addSources, checkEvents, checkItems, register, untilIdle } from './world-house.js'

const itemCount = 500
const batch = 30
const json = { 'content-type': 'application/json' }

/** Between fetch, publish and position. */
const intakeMoments: readonly (readonly [string, Moment])[] = [
  ['before the first item is stored', { subject: /^item\.raw\./, when: 'before' }],
  ['when the first is stored, and not known to be', { subject: /^item\.raw\./, when: 'after' }],
  ['before one in the middle', { subject: /^item\.raw\./, nth: 14, when: 'before' }],
  ['when one in the middle is stored', { subject: /^item\.raw\./, nth: 14, when: 'after' }],
  ['when the last is stored', { subject: /^item\.raw\./, nth: batch, when: 'after' }],
  ['before the marks are written', { subject: /^\$KV\.seen\./, when: 'before' }],
  ['when the marks are written', { subject: /^\$KV\.seen\./, when: 'after' }],
  ['before the position is written', { subject: /^\$KV\.positions\./, when: 'before' }],
  ['when the position is written', { subject: /^\$KV\.positions\./, when: 'after' }],
]

/** Between RAW, ITEMS and the acknowledgement. */
const normalizerMoments: readonly (readonly [string, Moment])[] = [
  ['before the first version', { subject: /^item\.normalized\./, when: 'before' }],
  ['when the first version stands', { subject: /^item\.normalized\./, when: 'after' }],
  ['before one in the middle', { subject: /^item\.normalized\./, nth: 14, when: 'before' }],
  ['when one in the middle stands', { subject: /^item\.normalized\./, nth: 14, when: 'after' }],
  ['before an acknowledgement', { subject: /^\$JS\.ACK\.RAW\./, nth: 9, when: 'before' }],
]

/** Everything that the test has under way. */
interface Play {
  readonly house: RoleHouse
  readonly wire: FakeWire
  readonly source: string
  readonly oracle: Oracle
  readonly released: Release[]
}

const told = (release: Release, text: number, own: Partial<Publication> = {}): Publication => ({
  ...{ item: itemIdOf(release), mark: markOf(release, text), isFull: false },
  ...own,
})

/** The feed shows so many new releases. */
function publish({ wire, oracle, released }: Play, count: number): Entry[] {
  const fresh = Array.from({ length: count }, (_, at) => {
    const published = new Date(Date.now() - 3_600_000)
    return releaseOf({ number: released.length + at, wire: 'na', language: 'de', published })
  })
  released.push(...fresh)
  oracle.tell(fresh.map((release) => told(release, 1)))
  const entries = fresh.map((release) => entryOf(release, 1))
  wire.serve('/all', { body: presseportal(entries, 'UTF-8') })
  return entries
}

/** A poll whose answer may never come: intake may be killed under it. */
async function poll({ house, source }: Play): Promise<string> {
  const path = `/api/v1/sources/${source}/poll`
  const answer = await house.api(path, { method: 'POST' }).catch(() => undefined)
  return answer?.status === 200 ? ((await answer.json()) as { result: string }).result : 'no answer'
}

/** Polled until a poll brings nothing more. */
async function pollToTheEnd(play: Play): Promise<void> {
  await expect.poll(() => poll(play), { timeout: 20_000 }).toBe('empty')
}

async function send({ house }: Play, { contentType, body }: Push, key?: string): Promise<boolean> {
  const own = key === undefined ? {} : { 'idempotency-key': key }
  const headers = { 'content-type': contentType, ...own }
  const sent = house.api('/api/v1/items', { method: 'POST', headers, body })
  const answer = await sent.catch(() => undefined)
  await answer?.text().catch(() => '')
  return answer?.status === 202
}

async function killIntakeWhileItPolls(play: Play): Promise<void> {
  const { house, wire } = play
  const entries = publish(play, batch)
  // The body stops half-way: nothing of it may count.
  wire.serve('/all', { body: presseportal(entries, 'UTF-8'), holdAfterBytes: 9_000 })
  const asked = wire.requests.length
  const hanging = poll(play)
  await expect.poll(() => wire.requests.length).toBeGreaterThan(asked)
  await house.kill('intake')
  expect(await hanging).toBe('no answer')
  wire.serve('/all', { body: presseportal(entries, 'UTF-8') })
  await house.restart('intake')
  await pollToTheEnd(play)
  for (const [, moment] of intakeMoments) {
    publish(play, batch)
    const killed = house.killAt('intake', moment)
    const polled = poll(play)
    await killed
    expect(await polled).toBe('no answer')
    await house.restart('intake')
    await pollToTheEnd(play)
  }
}

async function killIntakeWhileSomeonePushes(play: Play): Promise<void> {
  const { house, released, oracle } = play
  for (const when of ['before', 'after'] as const) {
    const published = new Date(Date.now() - 3_600_000)
    const release = releaseOf({ number: released.length, wire: 'na', language: 'de', published })
    released.push(release)
    oracle.tell([told(release, 1, { isFull: true })])
    const killed = house.killAt('intake', { subject: /^item\.raw\.push$/, when })
    const sent = send(play, fullTextOf(release, 1), `once-${when}`)
    await killed
    expect(await sent).toBe(false)
    await house.restart('intake')
    // Whoever got no answer sends it again, under the same key.
    await expect.poll(() => send(play, fullTextOf(release, 1), `once-${when}`)).toBe(true)
  }
}

async function killNormalizerWhileItWrites(play: Play): Promise<void> {
  const { house } = play
  for (const [, moment] of normalizerMoments) {
    const killed = house.killAt('normalizer', moment)
    publish(play, batch)
    await pollToTheEnd(play)
    await killed
    await house.restart('normalizer')
  }
}

/** A correction under a number of its own: alias, version and their moments. */
async function killNormalizerWhileItCorrects(play: Play, releases: readonly Release[]) {
  const { house, wire, oracle } = play
  const moments: readonly ((item: string) => Moment)[] = [
    () => ({ subject: /^\$KV\.aliases\./, when: 'before' }),
    () => ({ subject: /^\$KV\.aliases\./, when: 'after' }),
    (item) => ({ subject: new RegExp(`^item\\.normalized\\.na\\.${item}$`), when: 'before' }),
    (item) => ({ subject: new RegExp(`^item\\.normalized\\.na\\.${item}$`), when: 'after' }),
  ]
  for (const [at, momentOf] of moments.entries()) {
    const release = releases[at]
    if (!release) throw new Error('There are too few releases to correct.')
    const wireId = String(5_900_000 + release.number)
    const notice = correctionOf(release, 2, at)
    const entry = noticeEntry(release, notice, { wireId, published: new Date() })
    const of = itemIdOf(release)
    oracle.tell([told(release, 2, { item: `na-${wireId}`, of, isCorrection: true })])
    const killed = house.killAt('normalizer', momentOf(of))
    wire.serve('/all', { body: presseportal([entry], 'UTF-8') })
    await pollToTheEnd(play)
    await killed
    await house.restart('normalizer')
  }
}

/** A withdrawal is written inside and, by the same hand, outside. */
async function killNormalizerWhileItWithdraws(play: Play, releases: readonly Release[]) {
  const { house, oracle } = play
  const moments = (['normalized', 'tagged'] as const).flatMap((stage) =>
    (['before', 'after'] as const).map((when) => ({ stage, when })),
  )
  for (const [at, { stage, when }] of moments.entries()) {
    const release = releases[at]
    if (!release) throw new Error('There are too few releases to withdraw.')
    const item = itemIdOf(release)
    oracle.tell([told(release, 1, { isWithdrawal: true })])
    const subject = new RegExp(`^item\\.${stage}\\.na\\.${item}$`)
    const killed = house.killAt('normalizer', { subject, when })
    await expect.poll(() => send(play, cancellationOf(release), `cancel-${at}`)).toBe(true)
    await killed
    await house.restart('normalizer')
  }
}

/** What changes nothing is told to its sender; telling it twice changes nothing either. */
async function killNormalizerWhileItTells(play: Play, release: Release) {
  const { house, oracle } = play
  oracle.tell([told(release, 1, { isFull: true })])
  expect(await send(play, fullTextOf(release, 1))).toBe(true)
  await untilIdle(house)
  for (const when of ['before', 'after'] as const) {
    const killed = house.killAt('normalizer', { subject: /^receipt\./, when })
    expect(await send(play, fullTextOf(release, 1))).toBe(true)
    await killed
    await house.restart('normalizer')
  }
}

/** Both at once, over what is left. */
async function killBoth(play: Play): Promise<void> {
  const { house, released } = play
  const left = itemCount - released.length
  const middle = Math.floor(left / 2)
  const killed = Promise.all([
    house.killAt('intake', { subject: /^item\.raw\./, nth: middle, when: 'after' }),
    house.killAt('normalizer', { subject: /^item\.normalized\./, nth: 10, when: 'after' }),
  ])
  publish(play, left)
  const polled = poll(play)
  await killed
  await polled
  await Promise.all([house.restart('intake'), house.restart('normalizer')])
  await pollToTheEnd(play)
}

test('kill -9 of intake and normalizer at every step leaves each of 500 items exactly once', async () => {
  await using house = await startRoleHouse()
  await using wire = await startFakeWire()
  await using catcher = await startCatcher()
  wire.serve('/all', { body: presseportal([], 'UTF-8') })
  await register(house, catcher.url)
  const sources = await addSources(house, wire, { feeds: [{ name: 'all', wire: 'na' }] })
  const oracle = new Oracle()
  const play: Play = { house, wire, oracle, source: sources.get('all') ?? '', released: [] }

  await killIntakeWhileItPolls(play)
  await killIntakeWhileSomeonePushes(play)
  await killNormalizerWhileItWrites(play)
  await killBoth(play)
  expect(play.released).toHaveLength(itemCount)
  // What a dead worker had in hand comes again after `ack_wait`.
  await untilIdle(house)
  await checkEvents({ catcher, oracle })

  const [teller, ...others] = play.released
  if (!teller) throw new Error('Nothing was released.')
  await killNormalizerWhileItCorrects(play, others.slice(0, 4))
  await killNormalizerWhileItWithdraws(play, others.slice(4, 8))
  await killNormalizerWhileItTells(play, teller)
  await untilIdle(house)
  await checkEvents({ catcher, oracle })
  await checkItems({ newswire: house, oracle })
  const letters = await house.api('/api/v1/dead-letters', { headers: json })
  expect(await letters.json()).toMatchObject({ items: [] })
}, 600_000)
