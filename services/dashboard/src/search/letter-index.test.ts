import { connectBus } from '@newswire/bus'
import { quietLog, startNats } from '@newswire/kit'
import type { DeadLetter } from '@newswire/model'
import { expect, it, onTestFinished } from 'vitest'
import { LetterIndex } from './letter-index.js'

const gone = 120
const standing = 3

function letter(sequence: number): DeadLetter {
  return {
    ...{ stage: 'normalizer', fact: 'item.raw', stream: 'RAW', sequence, subject: 'raw.push' },
    ...{ input: { body: `needle ${sequence}` }, error: { name: 'Error', message: 'no' } },
    ...{ deliveries: 1, at: '2026-07-14T10:00:00.000Z' },
  }
}

it('finds what stands behind many that went at once', async () => {
  const { log } = quietLog()
  const nats = await startNats()
  const bus = await connectBus({ url: nats.url, name: 'letter index test', log })
  const index = new LetterIndex({ bus, log, onChange: () => undefined })
  onTestFinished(async () => {
    await index.stop()
    await bus.close()
    await nats.stop()
  })
  const sequences: number[] = []
  for (let each = 1; each <= standing + gone; each += 1) {
    const value = letter(each)
    sequences.push((await bus.publish('dead', value, value, { id: `dead-${each}` })).sequence)
  }
  await index.start()
  await expect.poll(async () => (await index.find('needle', 200)).length).toBe(sequences.length)
  for (const sequence of sequences.slice(standing)) await bus.deadLetters.discard(sequence)
  const found = await index.find('needle', 20)
  expect(found.map(({ sequence }) => sequence)).toEqual(sequences.slice(0, standing).reverse())
})
