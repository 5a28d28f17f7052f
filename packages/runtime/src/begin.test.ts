import { expect, test } from 'vitest'
import { type BeginningProcess, begin } from './begin.js'

function fakeProcess() {
  const written: string[] = []
  const host: BeginningProcess = {
    stderr: { write: (text) => written.push(text) },
    exitCode: undefined,
    exit: () => undefined,
  }
  return { host, written }
}

test('a start that succeeds says nothing', async () => {
  const { host, written } = fakeProcess()
  await begin(async () => undefined, host)
  expect(written).toEqual([])
  expect(host.exitCode).toBeUndefined()
})

test('a start that fails says its sentence alone and ends with exit code 1', async () => {
  const { host, written } = fakeProcess()
  await begin(() => Promise.reject(new Error('Port 80 is taken. Choose another.')), host)
  expect(written).toEqual(['Port 80 is taken. Choose another.\n'])
  expect(host.exitCode).toBe(1)
})

test('a fault of our own brings the place that it comes from', async () => {
  const { host, written } = fakeProcess()
  await begin(() => Promise.reject(new TypeError('x is undefined')), host)
  expect(written[0]).toContain('begin.test.ts')
  expect(host.exitCode).toBe(1)
})
