import { startCatcher, startNewswire } from '@newswire/kit'
import { pause } from './figures.js'
import { releaseText } from './releases.js'

export interface LatencyOptions {
  readonly itemsPerSecond: number
  readonly count: number
}

/**
 * Milliseconds from the start of each POST to the webhook that it causes, in order of the items.
 */
export async function measureLatency(options: LatencyOptions): Promise<readonly number[]> {
  const { itemsPerSecond, count } = options
  await using newswire = await startNewswire({ env: { LOG_LEVEL: 'warn' } })
  await using catcher = await startCatcher()
  const sentAt = new Map<string, number>()
  const latencies: number[] = []
  let allReceived: () => void = () => undefined
  const received = new Promise<void>((resolve) => {
    allReceived = resolve
  })
  catcher.answer(({ body }) => {
    const issuer = /"issuer":\{"name":"(Muster Werke \d+)"/.exec(body)?.[1]
    const started = issuer === undefined ? undefined : sentAt.get(issuer)
    if (started !== undefined && issuer !== undefined) {
      sentAt.delete(issuer)
      latencies.push(performance.now() - started)
      if (latencies.length === count) allReceived()
    }
    return undefined
  })
  const registered = await newswire.api('/api/v1/webhooks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: catcher.url, filter: {} }),
  })
  if (registered.status !== 201) throw new Error(`No webhook: ${await registered.text()}`)
  const startedAt = performance.now()
  for (let n = 0; n < count; n += 1) {
    const due = startedAt + (n * 1_000) / itemsPerSecond
    await pause(Math.max(0, due - performance.now()))
    sentAt.set(`Muster Werke ${n}`, performance.now())
    const pushed = newswire.api('/api/v1/items', {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: releaseText(n),
    })
    void pushed.then((answer) => answer.body?.cancel())
  }
  await received
  return latencies
}
