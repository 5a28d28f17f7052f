import { askRedis } from '@newswire/kit'
import { taggedItem, tagOf } from '@newswire/model/testing'
import { archiveLimits } from '@newswire/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedsHouse, publicUrl, startFeedsHouse } from './fixtures/house.js'

let house: FeedsHouse
beforeAll(async () => {
  house = await startFeedsHouse()
})
afterAll(() => house.stop())

const { blockFacts } = archiveLimits
const at = (n: number) => `2026-01-05T09:00:${String(n % 60).padStart(2, '0')}.000Z`
const itemAt = (n: number, own: Parameters<typeof taggedItem>[0] = {}) =>
  taggedItem({
    id: `na-${n}`,
    updated: at(n),
    tags: [tagOf('iso3166-1', n % 30 === 0 ? 'CN' : 'DE')],
    ...own,
  })

interface JsonFeed {
  items: { id: string; _newswire: { id: string; status: string } }[]
}

/** Path → the whole answer, from the newest document to the oldest. */
async function chain(path: string): Promise<Map<string, { text: string; link: string }>> {
  const found = new Map<string, { text: string; link: string }>()
  let next: string | undefined = path
  while (next !== undefined) {
    const answer: Response = await fetch(`${house.url}${next}`)
    expect([next, answer.status]).toEqual([next, 200])
    const link = answer.headers.get('link') ?? ''
    found.set(next, { text: await answer.text(), link })
    next = /<([^>]*)>; rel="prev-archive"/.exec(link)?.[1]?.slice(publicUrl.length)
  }
  return found
}

const idsOf = (text: string) =>
  (JSON.parse(text) as JsonFeed).items.map(({ _newswire: { id } }) => id)
const allIds = (documents: Map<string, { text: string }>) =>
  [...documents.values()].flatMap(({ text }) => idsOf(text))

test('whoever was away for long finds every item by the chain of archives', async () => {
  const count = 5 * blockFacts + 20
  await house.publish(...Array.from({ length: count }, (_, n) => itemAt(n + 1)))
  const all = await chain('/feeds/json')
  expect(new Set(allIds(all)).size).toBe(count)
  expect(all.size).toBe(6)
  const china = await chain('/feeds/json?region=CN')
  const wanted = Array.from({ length: Math.floor(count / 30) }, (_, n) => `na-${(n + 1) * 30}`)
  expect([...new Set(allIds(china))].sort()).toEqual(wanted.sort())
})

test('a closed archive never changes, whatever comes, but for what is withdrawn', async () => {
  const before = await chain('/feeds/json')
  const closed = [...before.keys()].slice(1)
  expect(closed.length).toBeGreaterThan(3)
  await house.publish(
    ...Array.from({ length: 2 * blockFacts }, (_, n) => itemAt(1_000 + n)),
    itemAt(7, { version: 2, change: 'correction', updated: '2026-01-06T00:00:00.000Z' }),
    itemAt(8, { tagging: 2, announce: 'nobody', place: 8, tags: [] }),
  )
  for (const path of closed) {
    expect(await (await fetch(`${house.url}${path}`)).text()).toBe(before.get(path)?.text)
  }
  expect((await chain('/feeds/json')).size).toBeGreaterThan(before.size)
  await house.publish(itemAt(9, { version: 2, change: 'withdrawal', status: 'canceled' }))
  const oldest = closed.at(-1) ?? ''
  const after = await (await fetch(`${house.url}${oldest}`)).text()
  const statuses = (JSON.parse(after) as JsonFeed).items.map(({ _newswire }) => _newswire)
  expect(statuses.find(({ id }) => id === 'na-9')?.status).toBe('canceled')
  expect(statuses.filter(({ status }) => status === 'canceled')).toHaveLength(1)
  expect(idsOf(after)).toEqual(idsOf(before.get(oldest)?.text ?? ''))
})

test('the way forward leads over what is empty, and ends at the feed', async () => {
  const next = async (path: string) => {
    const { headers } = await fetch(`${house.url}${path}`)
    const found = /<([^>]*)>; rel="next-archive"/.exec(headers.get('link') ?? '')?.[1]
    const answer = await fetch(`${house.url}${found?.slice(publicUrl.length)}`)
    expect(answer.status).toBe(200)
    return answer.url.slice(house.url.length)
  }
  const paths = [...(await chain('/feeds/json?region=CN')).keys()]
  const walked = [paths.at(-1) ?? '']
  while (walked.at(-1) !== '/feeds/json?region=CN') walked.push(await next(walked.at(-1) ?? ''))
  expect(walked.reverse()).toEqual(paths)
})

test('an archive that is not closed yet is the feed for now, and no other spelling is served', async () => {
  const answer = await fetch(`${house.url}/feeds/rss?archive=99999`, { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([307, '/feeds/rss'])
  const limited = await fetch(`${house.url}/feeds/rss?archive=0&limit=5`, { redirect: 'manual' })
  expect([limited.status, limited.headers.get('location')]).toEqual([308, '/feeds/rss?archive=0'])
  expect((await fetch(`${house.url}/feeds/rss?archive=-1`)).status).toBe(400)
  const short = await fetch(`${house.url}/feeds/json?limit=5`)
  expect(short.headers.get('link')).not.toContain('archive')
})

test('an archive names no hub, which does not take what is closed', async () => {
  for (const format of ['rss', 'atom', 'json', 'ninjs']) {
    const answer = await fetch(`${house.url}/feeds/${format}?archive=0`)
    expect(answer.headers.get('link')).not.toContain('rel="hub"')
    expect(await answer.text()).not.toContain(`${publicUrl}/hub`)
  }
})

test('the same stream gives the same bytes after the read model was made again', async () => {
  const paths = [...(await chain('/feeds/json')).keys(), '/feeds/atom?region=CN', '/feeds/rss']
  const bytes = () =>
    Promise.all(paths.map(async (path) => (await fetch(`${house.url}${path}`)).text()))
  const before = await bytes()
  await askRedis(house.redis, 'FLUSHALL')
  const fresh = await startFeedsHouse(house)
  try {
    const now = async () =>
      Promise.all(paths.map(async (path) => (await fetch(`${fresh.url}${path}`)).text()))
    await expect.poll(now, { timeout: 20_000 }).toEqual(before)
  } finally {
    await fresh.stop()
  }
}, 40_000)
