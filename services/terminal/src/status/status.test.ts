import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { run } from '../fixtures/terminal.js'

/** A house that answers each path with this document; everything else is a 404. */
async function startHouse(documents: Readonly<Record<string, object>>) {
  const server = createServer((request, response) => {
    const document = documents[request.url ?? '']
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(document ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const overview = (own: object = {}) => ({
  at: '2026-03-01T10:00:00Z',
  stages: [
    {
      ...{ stage: 'tagger', itemsPerMinute: 61.4, previousPerMinute: 40, backlog: 12 },
      ...{ oldestWaitingSeconds: 65, errorsPerMinute: 0, lastAt: null },
    },
  ],
  deliveries: {
    ...{ perMinute: 9, successRate: 0.985, open: 3 },
    latencyMs: { p50: 20, p95: 130, p99: 400 },
    failing: [{ endpoint: 'wh_1', url: 'https://x.example', since: '', failures: 3 }],
  },
  sources: [{ id: 's', name: 'Acme', wire: 'na', kind: 'rss', state: 'well', says: '' }],
  ...{ queues: [], deadLetters: 2, embargoed: 1, openRecalls: 0, matters: 0, streams: [] },
  redis: { usedBytes: 2_500_000, maxBytes: 100_000_000 },
  disk: { freeBytes: 5e9, totalBytes: 2e10 },
  alarms: [],
  ...own,
})

it('of a house that is well says so in one line, and then how much goes through it', async () => {
  await using house = await startHouse({ '/api/v1/overview': overview() })
  const { code, out } = await run(['status'], { url: house.url, key: 'nw_x' })
  expect(code).toBe(0)
  expect(out).toMatch(/^✓ All is well\.\n/)
  expect(out).toMatch(/tagger +61 +12 +1 min +0/)
  expect(out).toMatch(/deliveries +9\/min, 99 % taken, p95 130 ms, 3 open, 1 failing webhook/)
  expect(out).toMatch(/disk +5\.0 GB free of 20\.0 GB/)
})

it('begins with the alarms where it is not, and ends with exit code 1', async () => {
  const alarms = [
    { id: 'a', kind: 'diskFull', severity: 'critical', subject: 'disk', says: 'The disk is full.' },
  ]
  await using house = await startHouse({ '/api/v1/overview': overview({ alarms }) })
  const { code, out } = await run(['status'], { url: house.url, key: 'nw_x' })
  expect({ code, first: out.split('\n')[0] }).toEqual({
    code: 1,
    first: '✗ critical  The disk is full.',
  })
  const { code: sameCode, out: json } = await run(['status', '--json'], { url: house.url })
  expect(sameCode).toBe(1)
  expect(JSON.parse(json)).toMatchObject({ well: false, alarms, deadLetters: 2 })
})

it('counts a failing source of which no alarm speaks, and one that has its alarm once', async () => {
  const failing = { id: 's', name: 'Acme', state: 'failing', says: 'It answers 404.' }
  const alarm = { severity: 'critical', subject: 's', says: 'Acme is gone.' }
  const first = async (alarms: readonly object[]) => {
    const document = overview({ sources: [failing], alarms })
    await using house = await startHouse({ '/api/v1/overview': document })
    const { code, out } = await run(['status'], { url: house.url, key: 'nw_x' })
    return { code, says: out.split('\n\n')[0] }
  }
  const says = '! warning   The source Acme is failing. It answers 404.'
  expect(await first([])).toEqual({ code: 1, says })
  expect(await first([alarm])).toEqual({ code: 1, says: '✗ critical  Acme is gone.' })
})

it('of an older house adds up the shards and finds what is ill by itself', async () => {
  const group = (name: string, pending: number) => ({ group: name, pending, inFlight: 1 })
  await using house = await startHouse({
    '/api/v1/status': {
      groups: [group('tagger', 0), group('webhooks-0', 4), group('webhooks-11', 3)],
      ...{ deadLetters: 1, matters: 0, memory: { usedBytes: 1, maxBytes: 0 } },
    },
    '/api/v1/sources': {
      items: [{ id: 's', name: 'Acme', state: 'failing', reason: 'It answers 404.' }],
    },
  })
  const { code, out } = await run(['status'], { url: house.url })
  expect(code).toBe(1)
  expect(out).toMatch(/webhooks +– +9 /)
  expect(out).toContain('! warning   The source Acme is failing. It answers 404.')
  expect(out).toContain('A dead letter waits')
})

it('a house that speaks of something else is told from one that is well', async () => {
  await using house = await startHouse({ '/api/v1/overview': { hello: 'world' } })
  const { code, err } = await run(['status'], { url: house.url })
  expect(code).toBe(1)
  expect(err).toContain('is it a Newswire')
})
