import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@newswire/kit'
import { expect, test } from 'vitest'
import { secretsKeyIn } from './secrets-key.js'

test('the key is made once, for its owner only', () => {
  const folder = temporaryFolder('secrets')
  const key = secretsKeyIn(folder)
  expect(key).toMatch(/^[\w-]{43}$/)
  expect(secretsKeyIn(folder)).toBe(key)
  expect(statSync(join(folder, 'secrets.key')).mode & 0o777).toBe(0o600)
})

test('a key that is cut off is told, and never written over', () => {
  const folder = temporaryFolder('secrets')
  writeFileSync(join(folder, 'secrets.key'), '')
  expect(() => secretsKeyIn(folder)).toThrow(/secrets\.key is damaged\. Restore it from a backup/)
  expect(statSync(join(folder, 'secrets.key')).size).toBe(0)
})
