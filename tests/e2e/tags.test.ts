import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { type Newswire, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const sample = readFileSync(join(root, 'tests/kit/fixtures/chongqing.txt'), 'utf8')

let newswire: Newswire
beforeAll(async () => {
  newswire = await startNewswire()
})
afterAll(() => newswire.stop())

interface Shown {
  readonly code: string
  readonly primary: boolean
  readonly broader: readonly string[]
  readonly evidence: readonly { field: string; start: number; end: number; text: string }[]
}

interface Row {
  readonly code: string
  readonly labels: Readonly<Record<string, string>>
  readonly narrower: number
}

async function lookUp(query: string): Promise<Row[]> {
  const answer = await fetch(`${newswire.url}/api/v1/vocabulary/${query}`)
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { items: Row[] }).items
}

/** The terminal, as `npx newswire` runs it. */
function terminal(...args: string[]) {
  const env = { DATA_DIR: newswire.dataDir }
  return run(process.execPath, [join(root, 'infra/newswire.mjs'), ...args], { env })
}

test('a text can be tried: each tag shows the words that led to it', async () => {
  const answer = await newswire.api('/api/v1/tags/preview', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: sample, language: 'de' }),
  })
  expect(answer.status).toBe(200)
  const { tags } = (await answer.json()) as { tags: Shown[] }
  const codes = tags.map(({ code }) => code)
  expect(tags.find(({ code }) => code === 'CN')).toMatchObject({
    primary: true,
    broader: ['030', '142', '001'],
  })
  expect(codes).toEqual(
    expect.arrayContaining(['bloc:SCO', 'bloc:BRI', 'bloc:ASEAN', 'bloc:EU', 'medtop:04000000']),
  )
  for (const { code, evidence } of tags) {
    expect(evidence.length, code).toBeGreaterThan(0)
    for (const { field, start, end, text } of evidence) {
      if (field === 'text') expect(sample.slice(start, end), code).toBe(text)
    }
  }
})

test('anyone can look regions and topics up by their names and in their tree', async () => {
  const [bavaria] = await lookUp('regions?q=Bavi&lang=fr')
  expect(bavaria).toMatchObject({ code: 'DE-BY', labels: { fr: 'Bavière', de: 'Bayern' } })
  expect((await lookUp('regions?q=Genf')).map(({ code }) => code)).toContain('CH-GE')
  const branches = await lookUp('topics?parent=root')
  expect(branches).toHaveLength(17)
  const [economy] = await lookUp('topics?q=wirtschaft%20und&lang=de')
  expect(economy?.code).toBe('medtop:04000000')
  expect(economy?.narrower).toBeGreaterThan(3)
})

test('the terminal says what its vocabulary would change, and changes only what differs', async () => {
  const pushed = await newswire.api('/api/v1/items', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: sample,
  })
  expect(pushed.ok).toBe(true)
  await expect
    .poll(async () => {
      const answer = await fetch(`${newswire.url}/api/v1/items`)
      return ((await answer.json()) as { items: unknown[] }).items.length
    })
    .toBe(1)
  const said = JSON.parse((await terminal('retag', '--json')).stdout)
  expect(said).toMatchObject({ items: 1, changed: 0, unchanged: 1, applied: 0, differences: [] })
  expect((await terminal('retag', '--apply')).stdout).toContain('There is nothing to apply.')
  await expect(terminal('retag', '--tell', 'all')).rejects.toMatchObject({
    stderr: expect.stringContaining('Allowed choices are nobody, matches, everyone'),
  })
})
