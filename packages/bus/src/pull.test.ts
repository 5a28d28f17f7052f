import { quietLog } from '@newswire/kit'
import { AckPolicy, connect, type Msg, type NatsError, nanos, type SubscriptionOptions } from 'nats'
import { expect, it } from 'vitest'
import { publishMany, startTestBus } from './fixtures/test-bus.js'
import { Link } from './link.js'
import { Pull } from './pull.js'

it('gives back what comes in after it was closed', async () => {
  await using test = await startTestBus()
  await publishMany(test.bus, 1)
  const [stream, consumer] = ['AUDIT', 'changing']
  // Far longer than the test: what is lost here would not come again.
  const durable = { durable_name: consumer, ack_policy: AckPolicy.Explicit, ack_wait: nanos(6e5) }
  await test.operator.consumers.add(stream, durable)
  const [nc, other] = await Promise.all([1, 2].map(() => connect({ servers: test.server.url })))
  if (!nc || !other) throw new Error('There are two connections.')
  const jsm = await nc.jetstreamManager()
  // A process that is busy: its messages have arrived, and nobody has read them yet.
  const unread: (() => void)[] = []
  const subscribe = nc.subscribe.bind(nc)
  nc.subscribe = (subject: string, options: SubscriptionOptions = {}) => {
    const callback = (error: NatsError | null, message: Msg) => {
      unread.push(() => options.callback?.(error, message))
    }
    return subscribe(subject, { ...options, callback })
  }
  const { log } = quietLog()
  const link = new Link(nc, jsm, log)
  const given: unknown[] = []
  const pull = new Pull({
    ...{ link, stream, consumer },
    onGiven: (message) => given.push(message),
    onIdle: () => undefined,
    onLost: () => undefined,
  })
  pull.ask(1)
  await expect.poll(() => unread.length).toBe(1)
  pull.close()
  for (const read of unread) read()
  expect(given).toEqual([])
  const next = async () => (await test.operator.consumers.info(stream, consumer)).num_pending
  expect(await next()).toBe(0)
  const again = () =>
    other
      .jetstream()
      .pull(stream, consumer)
      .then(
        ({ seq }) => seq,
        () => 0,
      )
  await expect.poll(again).toBe(1)
  await Promise.all([nc.close(), other.close()])
})
