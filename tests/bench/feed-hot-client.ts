import { Agent, type IncomingMessage, request } from 'node:http'
import process from 'node:process'

/*
 * The readers of `feed-hot.ts`, in a process of their own: asks one address so many times over
 * connections that stay open, and tells when it is done.
 */
interface Order {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly status: number
  readonly count: number
  readonly connections: number
}

const agent = new Agent({ keepAlive: true })

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

function ask({ url, headers, status }: Order): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers }, (answer: IncomingMessage) => {
      answer.resume()
      answer.once('error', reject)
      answer.once('end', () => {
        if (answer.statusCode === status) resolve()
        else reject(new Error(`${url} was answered with ${answer.statusCode}, not ${status}.`))
      })
    })
    asked.once('error', reject)
    asked.end()
  })
}
