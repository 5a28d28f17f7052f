import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { connectBus } from '@newswire/bus'
import { quietLog, startNats } from '@newswire/kit'
import { facts, registerNames } from '@newswire/model'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { connect } from 'nats'
import { expect, test } from 'vitest'
import { asyncApi } from '../../docs/asyncapi.js'
import { root } from '../../docs/documents.js'

interface Described {
  readonly channels: Record<string, { address: string; parameters: Record<string, object> }>
  readonly components: { messages: Record<string, { payload: object; headers?: object }> }
}
const described = asyncApi() as Described
const patternOf = (address: string) => address.replaceAll(/\{[^}]+\}/g, '*')

test('the description of the bus is valid AsyncAPI 3.0', () => {
  const require = createRequire(import.meta.url)
  const schema = require('@asyncapi/specs/schemas/3.0.0.json') as object
  // The schema brings its own copy of draft 7.
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  validate(described)
  expect(validate.errors ?? []).toEqual([])
  expect(validate({ ...described, channels: { out: { address: 1 } } })).toBe(false)
})

test('every subject that the house writes to is described, with its parameters', async () => {
  await using nats = await startNats()
  const bus = await connectBus({ url: nats.url, name: 'test', log: quietLog().log })
  const operator = await connect({ servers: nats.url })
  const streams = await (await operator.jetstreamManager()).streams.list().next()
  await operator.close()
  await bus.close()
  // The bus's own: letters on their way back, and how tries ended.
  const own = ['redo.*.*', 'attempt.*.*.*']
  const subjects = streams.flatMap(({ config }) => config.subjects ?? [])
  const addresses = Object.values(described.channels).map(({ address }) => patternOf(address))
  const registers = registerNames.map((name) => `$KV.${name}.*`)
  expect([...addresses].sort()).toEqual(
    [...subjects.filter((subject) => !own.includes(subject)), ...registers].sort(),
  )
  for (const { address, parameters } of Object.values(described.channels)) {
    const named = [...address.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
    expect(Object.keys(parameters)).toEqual(named)
  }
  for (const [name, { pattern }] of Object.entries(facts)) {
    expect(patternOf(described.channels[name]?.address ?? '')).toBe(pattern)
  }
})

test('the example for consumers reads what stands, and what comes', async () => {
  await using nats = await startNats()
  const bus = await connectBus({ url: nats.url, name: 'test', log: quietLog().log })
  const store = (type: string, item: string, version: number) =>
    bus.publish(
      'out',
      { type, data: {} },
      { subscription: 'bus_test', item },
      { id: `${item}-${version}`, headers: { 'newswire-version': String(version) } },
    )
  await store('item.published', 'na-1', 1)
  const readme = readFileSync(join(root, 'docs/bus/README.md'), 'utf8')
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
  // Beside node_modules, where its imports are found.
  const folder = join(root, 'node_modules/.cache')
  const path = join(folder, `bus-example-${process.pid}.mjs`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, code)
  const example = spawn(process.execPath, [path, nats.url, 'bus_test'])
  try {
    let said = ''
    example.stdout.on('data', (data: Buffer) => (said += data.toString()))
    example.stderr.on('data', (data: Buffer) => (said += data.toString()))
    await expect.poll(() => said).toBe('store na-1, version 1\n')
    await store('item.withdrawn', 'na-1', 2)
    await expect.poll(() => said).toBe('store na-1, version 1\nremove na-1\n')
  } finally {
    example.kill()
    rmSync(path)
    await bus.close()
  }
})
