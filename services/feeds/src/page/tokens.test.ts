import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { tokens } from './tokens.js'

test('the pages have the colours and steps of the window', async () => {
  const own = new URL('../../../dashboard/app/src/frame/tokens.css', import.meta.url)
  expect(tokens).toBe(await readFile(own, 'utf8'))
})
