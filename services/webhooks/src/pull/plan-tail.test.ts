import type { Bus } from '@newswire/bus'
import { quietLog } from '@newswire/kit'
import { expect, it } from 'vitest'
import { PlanTail } from './plan-tail.js'

const { log } = quietLog()
const ended = { stop: async () => undefined }

function tailOver(streams: Bus['streams']) {
  return new PlanTail({ bus: { streams, replay: async () => ended }, log })
}

it('who waits is counted before the ledger answers: many may come in that moment', async () => {
  const tail = tailOver(async () => [])
  const waiters = [tail.listen('wh_1'), tail.listen('wh_1'), tail.listen('wh_2')]
  expect({ all: tail.size, one: tail.countAt('wh_1') }).toEqual({ all: 3, one: 2 })
  for (const waiter of await Promise.all(waiters)) waiter.end()
  expect({ all: tail.size, one: tail.countAt('wh_1') }).toEqual({ all: 0, one: 0 })
})

it('a place is free again where the ledger does not answer', async () => {
  const tail = tailOver(async () => {
    throw new Error('no answer')
  })
  await expect(tail.listen('wh_1')).rejects.toThrow('no answer')
  expect({ all: tail.size, one: tail.countAt('wh_1') }).toEqual({ all: 0, one: 0 })
})
