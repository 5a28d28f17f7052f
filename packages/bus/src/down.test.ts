import { feedTokenSchema } from '@newswire/model'
import { expect, test } from 'vitest'
import { BusDownError } from './errors.js'
import { publishMany, startTestBus } from './fixtures/test-bus.js'

test('whoever looks something up is told that the server is down, or hangs', async () => {
  await using house = await startTestBus()
  const { bus, server } = house
  const rows = await bus.register('feedTokens', feedTokenSchema)
  await publishMany(bus, 1)
  const outcomes = async () => {
    const looks = [rows.get('none'), bus.read('audit', 1), bus.latest('audit', { actor: 'none' })]
    const settled = await Promise.allSettled(looks)
    return settled.map((each) => each.status === 'rejected' && each.reason.constructor)
  }
  const down = [BusDownError, BusDownError, BusDownError]
  process.kill(server.pid, 'SIGSTOP')
  await expect.poll(outcomes, { timeout: 15_000 }).toEqual(down)
  process.kill(server.pid, 'SIGCONT')
  await expect.poll(outcomes, { timeout: 10_000 }).toEqual([false, false, false])
  await server.kill()
  await expect.poll(outcomes, { timeout: 15_000 }).toEqual(down)
  await server.restart()
  await expect.poll(outcomes, { timeout: 10_000 }).toEqual([false, false, false])
}, 60_000)
