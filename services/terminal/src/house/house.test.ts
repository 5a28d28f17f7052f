import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createHouse } from './house.js'
import { Refusal } from './refusal.js'

/** Answers everything with this; keeps which keys it was asked with. */
async function startAnswering(status: number, headers: Record<string, string>, body = '') {
  const keys: (string | undefined)[] = []
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization)
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    keys,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const ask = (url: string, key?: string) =>
  createHouse({ url, key, signal: new AbortController().signal })
    .ask('GET', '/api/v1/sources', z.unknown())
    .catch((error: unknown) => error)

it('a key goes to the house that it is for, and nowhere it sends us', async () => {
  await using other = await startAnswering(200, {}, '{}')
  await using house = await startAnswering(302, { location: `${other.url}/api` })
  expect(await ask(house.url, 'nw_x')).toMatchObject({
    message: expect.stringContaining(`sends us to ${other.url}/api`),
  })
  expect([house.keys, other.keys]).toEqual([['Bearer nw_x'], []])
})

it('a refusal is the sentence of the house, with what it says of later', async () => {
  const body = JSON.stringify({ title: 'The source rests', detail: 'Ask again later.' })
  await using house = await startAnswering(429, { 'retry-after': '7' }, body)
  const refusal = await ask(house.url, 'nw_x')
  expect(refusal).toBeInstanceOf(Refusal)
  expect(refusal).toMatchObject({
    ...{ status: 429, retryAfterMs: 7_000 },
    message: 'The source rests: Ask again later.',
  })
})

it.each([
  [502, '<html>Bad gateway</html>', 'no words of Newswire'],
  [401, '{}', 'NEWSWIRE_KEY'],
])('%i without words of the house is a sentence all the same', async (status, body, says) => {
  await using house = await startAnswering(status, {}, body)
  expect(await ask(house.url)).toMatchObject({ message: expect.stringContaining(says) })
})
