import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@newswire/kit'
import { expect, it } from 'vitest'
import { adminKeyFile } from './admin-key-file.js'

it('keeps the key for its owner only, also over a file that others could read', () => {
  const folder = temporaryFolder('data')
  const kept = adminKeyFile(folder)
  expect(kept.read()).toBeUndefined()
  writeFileSync(join(folder, 'admin.key'), 'old', { mode: 0o644 })
  kept.keep('nw_new')
  expect(kept.read()).toBe('nw_new')
  expect(statSync(kept.file).mode & 0o777).toBe(0o600)
})

it('is silent where there is no folder', () => {
  expect(adminKeyFile(join(temporaryFolder('data'), 'none')).read()).toBeUndefined()
})
