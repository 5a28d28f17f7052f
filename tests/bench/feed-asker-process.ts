import process from 'node:process'
import { createReader } from './reader.js'

/*
 * The reader of `feed-asker.ts`: one question at a time over a connection that stays open. In a
 * process of its own, since whoever filled the house has a heap whose cleaning would be counted.
 */
interface Order {
  readonly url: string
  readonly paths: readonly string[]
}

const ask = createReader()
const headers = { 'accept-encoding': 'gzip' }

process.on('message', (order: Order) => {
  askAll(order).then(
    (ms) => process.send?.({ ms }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.once('disconnect', () => process.exit())

/** Milliseconds from each question to the last byte of its answer, which stays encoded. */
async function askAll({ url, paths }: Order): Promise<number[]> {
  const ms: number[] = []
  for (const path of paths) {
    const startedAt = performance.now()
    await ask({ url: `${url}${path}`, headers, status: 200 })
    ms.push(performance.now() - startedAt)
  }
  return ms
}
