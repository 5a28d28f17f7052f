import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documents, root } from '../../docs/documents.js'

test.each(Object.entries(documents()))('%s is what `npm run docs` writes', (path, content) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(content)
})
