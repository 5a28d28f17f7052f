import { expect, test } from 'vitest'
import { z } from 'zod'
import { faultsOfRoute, faultsOfType } from './field-faults.js'

const schema = z.strictObject({
  url: z.url(),
  name: z.string().max(5),
  kind: z.enum(['rss', 'drop']),
  topics: z.array(z.string()).max(1),
  rate: z.number().min(1),
})

test('each fault of a body is a rule that stays, with its field and its limit', () => {
  const body = { url: 'x', name: 'too long', kind: 'fax', topics: ['a', 'b'], more: 1 }
  const { error } = schema.safeParse(body)
  const faults = error === undefined ? [] : faultsOfType(error, body)
  expect(faults.map(({ fault: _, ...rest }) => rest)).toEqual([
    { field: 'url', rule: 'wrong-form' },
    { field: 'name', rule: 'too-long', limit: 5 },
    { field: 'kind', rule: 'not-one-of' },
    { field: 'topics', rule: 'too-many', limit: 1 },
    { field: 'rate', rule: 'missing' },
    { field: 'more', rule: 'unknown' },
  ])
})

test('a body that is all faults gets a short answer', () => {
  const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`key-${at}`, 0]))
  const body = { ...unknown, topics: Array.from({ length: 5_000 }, () => 0) }
  const { error } = schema.safeParse(body)
  const faults = error === undefined ? [] : faultsOfType(error, body)
  expect(faults).toHaveLength(50)
  expect(JSON.stringify(faults).length).toBeLessThan(10_000)
  const { error: other } = schema.safeParse({ ...unknown })
  const named = other === undefined ? [] : faultsOfType(other, unknown)
  expect(named.filter(({ rule }) => rule === 'unknown').length).toBeGreaterThan(10)
  expect(JSON.stringify(named).length).toBeLessThan(10_000)
})

test('the same rules are told of what the schema of a route refuses', () => {
  const violation = { schemaPath: '', message: 'is not so' }
  const faults = faultsOfRoute([
    { ...violation, keyword: 'required', instancePath: '', params: { missingProperty: 'url' } },
    { ...violation, keyword: 'maxLength', instancePath: '/filter/q', params: { limit: 200 } },
    { ...violation, keyword: 'pattern', instancePath: '/name', params: {} },
  ])
  const fault = 'is not so'
  expect(faults).toEqual([
    { field: 'url', rule: 'missing', fault },
    { field: 'filter.q', rule: 'too-long', limit: 200, fault },
    { field: 'name', rule: 'wrong-form', fault },
  ])
})
