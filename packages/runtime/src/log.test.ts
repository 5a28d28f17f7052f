import { expect, test } from 'vitest'
import { createLogger } from './log.js'

function written(options: { pretty?: boolean; level?: 'debug' } = {}) {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  return { log: createLogger({ name: 'intake', destination, ...options }), lines }
}

test('a line is JSON with its name, time, message and data', () => {
  const { log, lines } = written()
  log.info({ items: 3 }, 'poll done')
  log.debug('not shown')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 30,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    name: 'intake',
    items: 3,
    msg: 'poll done',
  })
})

test('secrets are hidden wherever they usually stand', () => {
  const { log, lines } = written()
  log.info({ secret: 'hush', key: 'hush', other: 'shown' }, 'a')
  log.info({ webhook: { secret: 'hush' }, caller: { key: 'hush' } }, 'b')
  log.info(
    { req: { headers: { authorization: 'hush', cookie: 'hush', 'set-cookie': 'hush' } } },
    'c',
  )
  log.child({ authorization: 'hush' }).info('d')
  expect(lines.join('')).not.toContain('hush')
  expect(lines.join('')).toContain('shown')
})

test('an error is written with its stack', () => {
  const { log, lines } = written()
  log.error({ err: new Error('broken') }, 'it failed')
  expect(JSON.parse(lines[0] ?? '').err).toMatchObject({
    message: 'broken',
    stack: expect.any(String),
  })
})

test('a person gets one readable line', () => {
  const { log, lines } = written({ pretty: true })
  log.warn({ items: 3, from: 'a b' }, 'poll done')
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} warn {2}intake: poll done items=3 from=a b\n$/)
  log.error({ err: new Error('broken') }, 'it failed')
  expect(lines[1]).toMatch(/error intake: it failed \n {2}Error: broken\n {6}at /)
})
