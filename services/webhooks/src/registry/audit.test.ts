import type { Fact } from '@newswire/model'
import { expect, it, onTestFinished } from 'vitest'
import { startHouse } from '../fixtures/house.js'
import { leaseKey, leaseRowSchema } from '../shard/lease.js'

it('tells of a change that stands, though it was answered by 503', async () => {
  const house = await startHouse({ limits: { registrationMsMax: 300 } })
  onTestFinished(() => house[Symbol.asyncDispose]())
  const url = 'http://127.0.0.1:9/'
  const ids: string[] = []
  for (const own of [{ url, verify: false }, { target: 'bus' }]) {
    ids.push(String((await house.api('POST', '', { body: own })).body['id']))
  }
  const [called = '', stored = ''] = ids
  const leases = await house.bus.register('leases', leaseRowSchema)
  // An owner for each shard who never comes to know of anything.
  for (let shard = 0; shard < 16; shard += 1) {
    await leases.put(leaseKey(shard), { owner: 'behind', applied: 0 })
  }
  const change = { body: { name: 'other' } }
  expect((await house.api('PATCH', `/${called}`, change)).status).toBe(503)
  expect((await house.api('DELETE', `/${stored}`)).status).toBe(503)
  expect((await house.api('GET', `/${called}`)).body).toMatchObject({ name: 'other' })
  expect((await house.api('GET', `/${stored}`)).status).toBe(404)
  const actor = house.keys.admin.split('_')[1] ?? ''
  const told: Fact<'audit'>[] = []
  for await (const { value } of house.bus.history('audit', { actor })) told.push(value)
  expect(told.map(({ action, subject }) => [action, subject]).slice(2)).toEqual([
    ['webhook.change', called],
    ['webhook.delete', stored],
  ])
})
