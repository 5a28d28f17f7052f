import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '@newswire/infra'
import { startNewswire } from '@newswire/kit'
import { expect, test } from 'vitest'
import { openApi } from '../../docs/openapi.js'

test('docs/openapi.json is what the house says of itself; `npm run docs` writes it', async () => {
  await using newswire = await startNewswire()
  const answer = await fetch(new URL('/api/openapi.json', newswire.url))
  const written: unknown = JSON.parse(readFileSync(join(repository, 'docs/openapi.json'), 'utf8'))
  expect(openApi((await answer.json()) as object)).toEqual(written)
})
