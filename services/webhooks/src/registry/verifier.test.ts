import { changeRow } from '@newswire/bus'
import { startCatcher } from '@newswire/kit'
import { expect, it, onTestFinished } from 'vitest'
import { startHouse } from '../fixtures/house.js'
import { quickly } from '../fixtures/quickly.js'
import { webhookRowSchema } from './webhook-row.js'

it('tells why an address is not verified yet, and nothing of it once it is', async () => {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  // Long enough to be seen before it is asked again.
  await house.work({ limits: { ...quickly.limits, verifyPausesMs: [60_000] } })
  catcher.answer(() => ({ status: 418 }))
  const { body } = await house.api('POST', '', { body: { url: catcher.url } })
  const path = `/${String(body['id'])}`
  const shown = async () => (await house.api('GET', path)).body
  await expect.poll(shown).toMatchObject({
    status: 'pending',
    reason: expect.stringMatching(/it answered 418 without the challenge.* again at /),
  })
  expect(catcher.requests).toHaveLength(1)
  catcher.answer(() => undefined)
  await house.api('PATCH', path, { body: { status: 'active' } })
  await expect.poll(shown).toMatchObject({ status: 'active', reason: null })
})

it('tells in one sentence that an address cannot be reached', async () => {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(() => house[Symbol.asyncDispose]())
  await catcher.stop()
  await house.work({ limits: { ...quickly.limits, verifyPausesMs: [60_000] } })
  const { body } = await house.api('POST', '', { body: { url: catcher.url } })
  const shown = async () => (await house.api('GET', `/${String(body['id'])}`)).body['reason']
  await expect.poll(shown).toMatch(/ECONNREFUSED\)\. It is asked again/)
})

it('an answer speaks for the address that gave it, not for one set in the same moment', async () => {
  const [house, own, foreign] = await Promise.all([startHouse(), startCatcher(), startCatcher()])
  onTestFinished(async () => {
    await Promise.all([own.stop(), foreign.stop()])
    await house[Symbol.asyncDispose]()
  })
  const rows = await house.bus.register('endpoints', webhookRowSchema)
  let id = ''
  // Two changes within one millisecond have the same instant, and the second comes meanwhile.
  own.answer(async () => {
    await changeRow(rows, id, (row) => row && { ...row, url: foreign.url })
    return undefined
  })
  foreign.answer(() => ({ status: 404 }))
  id = String((await house.api('POST', '', { body: { url: own.url } })).body['id'])
  await house.work()
  await expect.poll(() => foreign.requests.length).toBeGreaterThan(1)
  const { body } = await house.api('GET', `/${id}`)
  expect(body).toMatchObject({ url: foreign.url, status: 'pending' })
  expect(own.requests).toHaveLength(1)
})
