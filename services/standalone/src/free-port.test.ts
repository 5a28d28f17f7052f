import { startCatcher } from '@newswire/kit'
import { expect, test } from 'vitest'
import { freePort, sayWhyNot, whyNot } from './free-port.js'

const host = '127.0.0.1'

test('a port that somebody listens on is told from a free one', async () => {
  await using taken = await startCatcher()
  expect(await whyNot(host, taken.port)).toBe('EADDRINUSE')
  expect(await whyNot(host, await freePort(host))).toBeUndefined()
})

test('a host that is not this machine is told as such, not as a busy port', async () => {
  const reason = await whyNot('203.0.113.9', 20_000)
  expect(reason).toBe('EADDRNOTAVAIL')
  expect(sayWhyNot('203.0.113.9', 20_000, reason ?? '')).toMatch(/no address of this machine/)
  await expect(freePort('203.0.113.9')).rejects.toThrow(/no address of this machine/)
})

test('each reason says what to do, with a port that exists', () => {
  expect(sayWhyNot(host, 65_535, 'EADDRINUSE')).toContain('PORT=65534')
  expect(sayWhyNot(host, 80, 'EACCES')).toContain('from 1024 on')
  expect(sayWhyNot(host, 80, 'EIO')).toContain('EIO')
})
