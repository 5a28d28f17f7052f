import { describe, expect, test } from 'vitest'
import { readOptions } from './options.js'

const root = '/srv/newswire'

describe('the options of the demo', () => {
  test('have defaults', () => {
    expect(readOptions([], root)).toEqual({
      ...{ port: 8080, seed: 1, rate: 1, dataDir: '/srv/newswire/.newswire-demo' },
    })
  })

  test('are taken from the line', () => {
    const line = ['--port', '0', '--seed', '7', '--rate', '2.5', '--data-dir', '/tmp/demo']
    expect(readOptions(line, root)).toEqual({ port: 0, seed: 7, rate: 2.5, dataDir: '/tmp/demo' })
  })

  test.each([
    [['--port', '70000'], /^--port is "70000"; give a whole number from 0 to 65535\.$/],
    [['--seed', '1.5'], /^--seed is "1.5"; give a whole number/],
    [['--rate', '0'], /^--rate is "0"; give a number from 0.1 to 20\.$/],
    [['--rate', ''], /^--rate is ""/],
    [['--colour'], /--help$/],
  ])('%j is refused with a sentence', (line, sentence) => {
    expect(() => readOptions(line, root)).toThrow(sentence)
  })

  test('--help asks for the help', () => {
    expect(readOptions(['--help'], root)).toBeUndefined()
  })
})
