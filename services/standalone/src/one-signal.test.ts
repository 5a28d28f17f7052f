import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { toldOnce } from './one-signal.js'

test('a signal that comes from the terminal and again from npm is one', () => {
  const host = Object.assign(new EventEmitter(), { exit: () => undefined })
  let nowMs = 0
  const told: string[] = []
  const process = toldOnce(host, () => nowMs)
  const onInt = () => told.push('int')
  process.on('SIGINT', onInt)
  process.on('SIGTERM', () => told.push('term'))
  host.emit('SIGINT')
  host.emit('SIGINT')
  host.emit('SIGTERM')
  expect(told).toEqual(['int', 'term'])
  nowMs = 1_500
  host.emit('SIGINT')
  expect(told).toEqual(['int', 'term', 'int'])
  process.off('SIGINT', onInt)
  expect(host.listenerCount('SIGINT')).toBe(0)
})
