import {
  type Catcher,
  type Newswire,
  type SeenRequest,
  startCatcher,
  startNewswire,
} from '@newswire/kit'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushJson } from '../e2e/feeds-of.js'

/* What receivers are called with, held against our own description of it (OpenAPI 3.1). */

interface Described {
  readonly components: { readonly parameters: Record<string, Parameter>; readonly schemas: object }
  readonly webhooks: Record<
    string,
    {
      readonly post: {
        readonly parameters: readonly { readonly $ref: string }[]
        readonly requestBody: { readonly content: Record<string, { readonly schema: object }> }
      }
    }
  >
}
interface Parameter {
  readonly name: string
  readonly required: boolean
  readonly schema: object
}

const typesOf = ['newswire', 'cloudevents', 'thin'] as const
const uri = 'urn:acme:described'
const soon = { timeout: 15_000 }

let newswire: Newswire
let described: Described
const catchers = new Map<string, Catcher>()

beforeAll(async () => {
  newswire = await startNewswire()
  described = (await (await newswire.api('/api/openapi.json')).json()) as Described
})
afterAll(async () => {
  await Promise.all([...catchers.values()].map((catcher) => catcher.stop()))
  await newswire.stop()
})

async function ask(path: string, body: object, authorization?: string) {
  const answer = await newswire.api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify(body),
  })
  expect([path, answer.ok]).toEqual([path, true])
  return (await answer.json()) as Record<string, unknown>
}

async function statusOf(id: string): Promise<unknown> {
  const answer = await newswire.api(`/api/v1/webhooks/${id}`)
  return ((await answer.json()) as { status: string }).status
}

/** Published, updated and withdrawn; what a drill plays has the correction. */
async function livesAnItem(): Promise<void> {
  const release = (version: string) => ({
    ...{ uri, version, language: 'de', headline: 'Acme eröffnet ein Werk in Chongqing' },
    ...{ body_text: `Acme AG eröffnet ${version} Werke in China.`, copyrightholder: 'Acme AG' },
  })
  const all = (type: string) => [...catchers.values()].every((catcher) => real(catcher).has(type))
  await pushJson(newswire, release('1'))
  await expect.poll(() => all('item.published'), soon).toBe(true)
  await pushJson(newswire, release('2'))
  await expect.poll(() => all('item.updated'), soon).toBe(true)
  const { items } = (await (await newswire.api('/api/v1/items')).json()) as {
    items: readonly { readonly _newswire: { readonly id: string } }[]
  }
  await ask(`/api/v1/items/${items[0]?._newswire.id}/withdraw`, { reason: 'Withdrawn by Acme.' })
  await expect.poll(() => all('item.withdrawn'), soon).toBe(true)
}

const typeOf = ({ body }: SeenRequest) => (JSON.parse(body) as { type: string }).type
const seen = ({ requests }: Catcher) => new Set(requests.map(typeOf))
const real = ({ requests }: Catcher) =>
  new Set(requests.filter(({ headers }) => !headers['newswire-drill']).map(typeOf))

/** Nothing may be there that is not described: so that the description keeps up. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const parts = Object.entries(schema).map(([name, part]) => [name, closed(part)])
  const isOpen = 'properties' in schema && !('additionalProperties' in schema)
  return { ...Object.fromEntries(parts), ...(isOpen ? { additionalProperties: false } : {}) }
}

function checkBy(schema: object): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  formats.default(ajv)
  const { components } = described
  return ajv.compile(closed({ ...schema, components }) as object)
}

function faultsOf(request: SeenRequest): unknown[] {
  const { post } = described.webhooks[typeOf(request)] ?? {}
  const type = String(request.headers['content-type'])
  const schema = post?.requestBody.content[type]?.schema
  if (!post || !schema) return [`${typeOf(request)} as ${type} is not described`]
  const names = post.parameters.map(({ $ref }) => $ref.split('/').at(-1) ?? '')
  const parameters = names.map((name) => described.components.parameters[name] as Parameter)
  const headers = checkBy({
    type: 'object',
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(parameters.map((each) => [each.name, each.schema])),
  })
  const ours = Object.entries(request.headers).filter(
    ([name]) => /^(webhook|newswire)-/.test(name) || name === 'user-agent',
  )
  const body = checkBy(schema)
  const isRight = [headers(Object.fromEntries(ours)), body(JSON.parse(request.body))]
  return isRight.every(Boolean) ? [] : [...(headers.errors ?? []), ...(body.errors ?? [])]
}

test('every kind of call comes in the life of a webhook, in each format', async () => {
  const { key } = await ask('/api/v1/keys', { role: 'subscriber', name: 'receiver' })
  const authorization = `Bearer ${key}`
  for (const format of typesOf) {
    const catcher = await startCatcher()
    catchers.set(format, catcher)
    const wish = { url: catcher.url, format, signature: 'both', headers: { 'x-own': 'mine' } }
    const { id } = await ask('/api/v1/webhooks', wish, authorization)
    await expect.poll(() => statusOf(String(id)), soon).toBe('active')
    await ask(`/api/v1/webhooks/${id}/test`, {})
    await ask(`/api/v1/webhooks/${id}/drill`, {})
  }
  await livesAnItem()
  await newswire.api(`/api/v1/keys/${String(key).split('_')[1]}`, { method: 'DELETE' })
  const isLast = (catcher: Catcher) => seen(catcher).has('webhook.disabled')
  await expect.poll(() => [...catchers.values()].every(isLast), soon).toBe(true)
}, 60_000)

test.each(typesOf)('every call in format %s is as it is described', (format) => {
  const catcher = catchers.get(format) as Catcher
  expect([...seen(catcher)].sort()).toEqual(Object.keys(described.webhooks).sort())
  expect([...real(catcher)]).toContain('item.withdrawn')
  for (const request of catcher.requests) {
    expect([typeOf(request), faultsOf(request)]).toEqual([typeOf(request), []])
    expect(request.headers['x-own']).toBe('mine')
  }
})

test('a call that is not as described is found out', () => {
  const [request] = catchers.get('newswire')?.requests ?? []
  const call = request as SeenRequest
  const { 'webhook-id': _, ...unnamed } = call.headers
  expect(faultsOf({ ...call, headers: unnamed })).not.toEqual([])
  const body = JSON.stringify({ ...(JSON.parse(call.body) as object), more: 1 })
  expect(faultsOf({ ...call, body })).not.toEqual([])
})
