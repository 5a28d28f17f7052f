import type { PressFeed } from './press-feeds.js'
import type { Receiver } from './receivers.js'

/** What the demo asks of the house, as anyone may by its API. */
export interface Client {
  push(document: object): Promise<void>
  register(receiver: Receiver): Promise<void>
  addSource(feed: PressFeed): Promise<void>
}

/** Polls often, so that people need not wait. */
const pollEverySeconds = 5
const verifiedWithinMs = 30_000
const lookEveryMs = 100

export function createClient({ url, adminKey }: { url: string; adminKey: string }): Client {
  async function ask(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${adminKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (answer.ok) return JSON.parse(text)
    throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`)
  }

  return {
    async push(document) {
      await ask('POST', '/api/v1/items', document)
    },
    async register({ name, description, url: address }) {
      const wish = { name, description, url: address, filter: {} }
      const { id } = (await ask('POST', '/api/v1/webhooks', wish)) as { id: string }
      const giveUpAt = performance.now() + verifiedWithinMs
      while (performance.now() < giveUpAt) {
        const row = (await ask('GET', `/api/v1/webhooks/${id}`)) as { status: string }
        if (row.status === 'active') return
        await new Promise((wake) => setTimeout(wake, lookEveryMs))
      }
      throw new Error(`The webhook "${name}" was not verified in ${verifiedWithinMs} ms.`)
    },
    async addSource({ name, url: address, wire }) {
      const row = { kind: 'rss', url: address, name, wire, intervalSeconds: pollEverySeconds }
      await ask('POST', '/api/v1/sources', row)
    },
  }
}
