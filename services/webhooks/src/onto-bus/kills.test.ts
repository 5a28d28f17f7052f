import { execFileSync } from 'node:child_process'
import { connect } from 'nats'
import { expect, it, onTestFinished } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'
import { killed, spawnWorker } from '../fixtures/spawned-worker.js'

const count = 40
const versions = 3
const marker = 'Zitronenfalter'

interface Seen {
  readonly item: string
  readonly version: number
}

/** Everything that is ever stored in OUT, in its order: as a reader that is never behind has it. */
async function watchOut(house: TestHouse): Promise<Seen[]> {
  const seen: Seen[] = []
  const reader = await connect({ servers: house.nats.url })
  onTestFinished(() => reader.close())
  reader.subscribe('out.*.*', {
    callback: (_, { subject, headers }) => {
      const item = subject.split('.').at(-1) ?? ''
      seen.push({ item, version: Number(headers?.get('newswire-version')) })
    },
  })
  return seen
}

async function publishAll(house: TestHouse, version: number): Promise<void> {
  const isEnd = version === versions
  const text = isEnd ? '' : `${marker} ${version}`
  for (let item = 1; item <= count; item += 1) {
    await house.publish({
      id: `na-${item}`,
      version,
      body: { html: text, text, complete: true },
      ...(isEnd ? { change: 'withdrawal', status: 'canceled' } : {}),
    })
  }
}

it('has the newest version of every item on the bus after kills, and never one behind it', async () => {
  const house = await startHouse()
  onTestFinished(() => house[Symbol.asyncDispose]())
  const seen = await watchOut(house)
  let child = await spawnWorker(house)
  expect((await house.api('POST', '', { body: { target: 'bus' } })).status).toBe(201)
  for (let version = 1; version <= versions; version += 1) {
    const before = seen.length
    const publishing = publishAll(house, version)
    await expect.poll(() => seen.length).toBeGreaterThan(before + 5)
    await killed(child)
    child = await spawnWorker(house)
    await publishing
  }
  const ended = () => new Set(seen.filter(({ version }) => version === versions).map(itemOf))
  await expect.poll(() => ended().size).toBe(count)
  const newest = new Map<string, number>()
  for (const { item, version } of seen) {
    expect(version).toBeGreaterThanOrEqual(newest.get(item) ?? 0)
    newest.set(item, version)
  }
  const out = async () => (await house.bus.streams()).find(({ stream }) => stream === 'OUT')
  await expect.poll(async () => (await out())?.messages).toBe(count)
  expect(textsIn(house)).toEqual([])
}, 120_000)

const itemOf = ({ item }: Seen) => item

function textsIn({ nats }: TestHouse): string[] {
  const found = execFileSync('sh', ['-c', `grep -rla ${marker} ${nats.folder} || true`])
  return found
    .toString()
    .split('\n')
    .filter((path) => path.includes('/OUT/'))
}
