import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@newswire/kit'
import { expect, test } from 'vitest'
import { emptiedFolder } from './folder.js'

test('a folder of an earlier demo is emptied', () => {
  const folder = join(temporaryFolder('demo'), 'data')
  emptiedFolder(folder)
  mkdirSync(join(folder, 'nats'))
  writeFileSync(join(folder, 'nats', 'old'), 'old')
  emptiedFolder(folder)
  expect(existsSync(join(folder, 'nats'))).toBe(false)
})

test('data that is no demo’s stays untouched, and the demo says so', () => {
  const folder = temporaryFolder('no-demo')
  const file = join(folder, 'precious')
  writeFileSync(file, 'data')
  expect(() => emptiedFolder(folder)).toThrow(/holds data that is no demo's/)
  expect(existsSync(file)).toBe(true)
})
