import process from 'node:process'
import { createReader, type Question } from './reader.js'

/*
 * The readers of `feed-hot.ts`, in a process of their own: asks one address so many times over
 * connections that stay open, and tells when it is done.
 */
interface Order extends Question {
  readonly count: number
  readonly connections: number
}

const ask = createReader()

process.on('message', (order: Order) => {
  run(order).then(
    () => process.send?.('done'),
    (error: unknown) => process.send?.(String(error)),
  )
})
process.once('disconnect', () => process.exit())

async function run(order: Order): Promise<void> {
  let left = order.count
  const reader = async () => {
    while (left > 0) {
      left -= 1
      await ask(order)
    }
  }
  await Promise.all(Array.from({ length: order.connections }, reader))
}
