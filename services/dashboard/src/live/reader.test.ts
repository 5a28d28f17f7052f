import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { liveLimits } from './limits.js'
import { LiveReader } from './reader.js'

let answering: (response: ServerResponse) => void
const server = createServer((_, response) => answering(response))
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

async function join(): Promise<{ response: ServerResponse; incoming: IncomingMessage }> {
  const { port } = server.address() as AddressInfo
  const joined = new Promise<ServerResponse>((resolve) => {
    answering = resolve
  })
  const incoming = new Promise<IncomingMessage>((resolve) => {
    get({ port, host: '127.0.0.1' }, resolve).on('error', () => undefined)
  })
  const response = await joined
  response.flushHeaders()
  const reading = await incoming
  reading.on('error', () => undefined)
  return { response, incoming: reading }
}

const who = { caller: undefined, address: '127.0.0.1', after: 0, now: new Date(0) }
const item = (sequence: number) => ({
  ...{ sequence, id: `na-${sequence}`, isPrivate: false },
  data: JSON.stringify({ headline: 'x'.repeat(10_000) }),
})

it('a reader that does not read is dropped before much is kept for it', async () => {
  const { response, incoming } = await join()
  incoming.pause()
  const reader = new LiveReader(response, who)
  let mostWaiting = 0
  let sequence = 0
  for (; sequence < 5_000 && !response.destroyed; sequence += 1) {
    reader.item(item(sequence + 1))
    mostWaiting = Math.max(mostWaiting, response.writableLength)
    // What the system takes off our hands is taken between turns.
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(response.destroyed).toBe(true)
  expect(mostWaiting).toBeLessThan(liveLimits.waitingBytesMax + 20_000)
  reader.item(item(sequence + 1))
})

it('twenty deliveries a second are told, and how many were left out', async () => {
  const { response, incoming } = await join()
  let text = ''
  incoming.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  const reader = new LiveReader(response, who)
  for (let told = 0; told < 50; told += 1) reader.delivery('{}', new Date(1_000))
  reader.countUntold()
  reader.countUntold()
  reader.delivery('{}', new Date(2_000))
  reader.end()
  await expect.poll(() => incoming.complete).toBe(true)
  expect(text.match(/data: \{\}/g)).toHaveLength(21)
  expect(text.match(/data: \{"more":30\}/g)).toHaveLength(1)
})
