import { type Bus, connectBus } from '@newswire/bus'
import { quietLog, startNats, type TestServer } from '@newswire/kit'
import type { Attempt, DeliveryFact } from '@newswire/model'
import { systemClock } from '@newswire/runtime'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { webhookLimits } from '../limits.js'
import { Directory } from '../registry/directory.js'
import { webhookRowSchema } from '../registry/webhook-row.js'
import { ReplayBoard } from './replay-board.js'
import { type Replay, replayRowSchema } from './replay-row.js'
import { Replayer } from './replayer.js'

const { log } = quietLog()
const endpoint = 'wh_a'
const now = '2026-01-01T00:00:00Z'
let nats: TestServer
let bus: Bus

beforeAll(async () => {
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log })
})
afterAll(async () => {
  await bus.close()
  await nats.stop()
})

const item = { id: 'na-1', wire: 'na', version: 1, revision: '1.1', sequence: 1 }
const attempt = (result: Attempt['result'], sequence: number): Attempt => {
  const about = { delivery: 'msg_a', endpoint, item: item.id, revision: item.revision }
  return { ...about, sequence, attempt: 1, result, startedAt: now }
}
const planned = (sequence: number): DeliveryFact => ({
  ...{ type: 'plan', shard: 0, at: now, item: { ...item, status: 'usable' } },
  deliveries: [{ id: 'msg_a', endpoint, sequence }],
})

async function wished(replay: Replay) {
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  await endpoints.put(endpoint, {
    ...{ id: endpoint, owner: 'key', url: 'https://example.org/hook', filter: {}, events: [] },
    ...{ format: 'newswire', secret: '', status: 'active', createdAt: now, updatedAt: now },
    ...{ since: 0, seesPrivate: false },
  })
  const register = await bus.register('replays', replayRowSchema)
  await register.put(endpoint, { endpoint, replays: [replay] })
  const board = new ReplayBoard(register)
  await board.start()
  const secrets = { seal: () => '', open: () => '' }
  const fail = (error: Error) => expect(error).toBe(0)
  const directory = new Directory({ endpoints, secrets, shards: 1, fail })
  await directory.start()
  return { endpoints, board, directory, replayOf: () => board.of(endpoint)?.replays[0] }
}

it('counts an outcome that is recorded while the ledger is read', async () => {
  const outcomes = (...attempts: Attempt[]): DeliveryFact => {
    return { type: 'outcomes', shard: 0, at: now, attempts }
  }
  const facts = [planned(1), outcomes(attempt('failed', 1)), planned(2)]
  for (const [at, fact] of facts.entries()) {
    await bus.publish('delivery', fact, { shard: 0 }, { id: `fact-${at}` })
  }
  // The replay has planned the item before its owner died.
  const { endpoints, board, directory, replayOf } = await wished({
    ...{ id: 'rp_a', wish: { kind: 'range', status: 'failed' }, requestedAt: now, end: 2 },
    ...{ state: 'planning', cursor: 1, planned: 1, delivered: 0, failed: 0, superseded: 0 },
  })
  const replayer: Replayer = new Replayer({
    ...{ shard: 0, replays: board, directory, endpoints, clock: systemClock, log },
    limits: webhookLimits,
    planner: { again: () => Promise.reject(new Error('All is planned.')) },
    // The lane has ended: its last word comes to the ledger behind what is read.
    sender: { hurry: () => false, countAt: () => 0, knows: () => undefined },
    bus: {
      streams: () => bus.streams(),
      replay: (options) => {
        const onCaughtUp = () => {
          replayer.recorded(attempt('delivered', 2))
          options.onCaughtUp?.()
        }
        return bus.replay({ ...options, onCaughtUp })
      },
    },
  })
  replayer.start()
  await expect.poll(replayOf).toMatchObject({ state: 'done', delivered: 1, superseded: 0 })
  await replayer.stop()
  await directory.stop()
  await board.stop()
})
