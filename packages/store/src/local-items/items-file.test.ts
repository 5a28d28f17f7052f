import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { quietLog, rawTexts, temporaryFolder } from '@newswire/kit'
import { taggedItem } from '@newswire/model/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { factAt } from '../fixtures/tagged.js'
import { localLimits } from '../limits.js'
import { ItemsFile } from './items-file.js'

const { segmentFacts } = localLimits
const { log } = quietLog()
const place = temporaryFolder('items')
let made = 0
let folder: string
let open: ItemsFile[]

beforeEach(() => {
  made += 1
  folder = join(place, `${made}`, 'items')
  open = []
})
afterEach(async () => {
  for (const file of open) await file.close()
})

async function opened(): Promise<ItemsFile> {
  const file = await ItemsFile.open(folder, log)
  file.trust(true)
  open.push(file)
  return file
}

const fact = (sequence: number, id = `na-${sequence}`) =>
  factAt(sequence, taggedItem({ id, headline: `Fassung ${sequence} von ${id}` }))
const facts = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => fact(from + at))
const tombstone = (sequence: number, id: string, version = 9) =>
  factAt(sequence, taggedItem({ id, version, status: 'canceled', change: 'withdrawal' }))
const headlineAt = async (file: ItemsFile, at: number) => (await file.read(at))?.item.headline

test('after a crash what no mark speaks of is cut off, whole or torn', async () => {
  const file = await opened()
  await file.append(facts(1, 20))
  await file.sync()
  const whole = rawTexts(folder)
  await file.append(facts(21, 30))
  appendFileSync(join(folder, '0.data'), Buffer.from('31 half a reco'))
  appendFileSync(join(folder, '0.places'), Buffer.alloc(17, 1))
  const next = await opened()
  expect(next.position).toBe(20)
  expect(rawTexts(folder).length).toBe(whole.length)
  expect(await headlineAt(next, 20)).toBe('Fassung 20 von na-20')
  expect(await next.read(21)).toBeUndefined()
  await next.append(facts(18, 30))
  expect(await headlineAt(next, 21)).toBe('Fassung 21 von na-21')
  expect(rawTexts(folder)).not.toContain('half a reco')
  // What came twice lies here once, or a withdrawal would not find it.
  await next.append([tombstone(31, 'na-19')])
  expect(rawTexts(folder)).not.toContain('von na-19"')
})

test('a file that lost its end, against its mark, is followed from what is whole', async () => {
  for (const kind of ['data', 'places']) {
    const file = await opened()
    await file.append(facts(file.position + 1, 40))
    await file.sync()
    const path = join(folder, `0.${kind}`)
    truncateSync(path, statSync(path).size - 40)
    const next = await opened()
    expect(next.position).toBeGreaterThan(30)
    expect(next.position).toBeLessThan(40)
    expect(await headlineAt(next, next.position)).toBe(
      `Fassung ${next.position} von na-${next.position}`,
    )
    await next.append(facts(1, 40))
    expect(await headlineAt(next, 40)).toBe('Fassung 40 von na-40')
  }
})

test('items lie in segments, and a withdrawal finds versions in all of them', async () => {
  const edge = segmentFacts
  const file = await opened()
  await file.append([fact(3, 'na-old'), fact(4)])
  await file.append([
    fact(edge - 1),
    fact(edge, 'na-old'),
    fact(edge + 1, 'na-old'),
    fact(edge + 2),
  ])
  await file.append([fact(edge * 3 + 7, 'na-old'), fact(edge * 3 + 9)])
  expect(await headlineAt(file, edge)).toBe(`Fassung ${edge} von na-old`)
  await file.sync()
  const next = await opened()
  expect(next.position).toBe(edge * 3 + 9)
  expect(await headlineAt(next, edge + 1)).toBe(`Fassung ${edge + 1} von na-old`)
  await next.append([tombstone(edge * 3 + 10, 'na-old')])
  expect(rawTexts(folder)).not.toMatch(/Fassung \d+ von na-old/)
  for (const at of [4, edge - 1, edge + 2, edge * 3 + 9]) {
    expect(await headlineAt(next, at)).toBe(`Fassung ${at} von na-${at}`)
  }
  expect((await next.read(edge * 3 + 10))?.item.status).toBe('canceled')
})

test('a withdrawal that a crash cut off overwrites again when it comes again', async () => {
  const file = await opened()
  await file.append(facts(1, 5))
  await file.sync()
  await file.append([tombstone(6, 'na-2')])
  const next = await opened()
  expect(next.position).toBe(5)
  expect(await next.read(2)).toBeUndefined()
  await next.append([tombstone(6, 'na-2')])
  expect(rawTexts(folder)).not.toContain('von na-2"')
  expect(await headlineAt(next, 3)).toBe('Fassung 3 von na-3')
})

test('what the stream has let go of goes here too, from the disk as well', async () => {
  const edge = segmentFacts
  const file = await opened()
  await file.append(facts(1, 10))
  await file.append(facts(edge + 1, edge + 10))
  await file.dropBefore(edge + 4)
  expect(readdirSync(folder).sort()).toEqual(['1.data', '1.places', 'mark.json'])
  expect(await file.read(5)).toBeUndefined()
  expect(await file.read(edge + 3)).toBeUndefined()
  expect(rawTexts(folder)).not.toContain(`Fassung ${edge + 3} `)
  await file.sync()
  const next = await opened()
  expect(await next.read(edge + 3)).toBeUndefined()
  expect(await headlineAt(next, edge + 4)).toBe(`Fassung ${edge + 4} von na-${edge + 4}`)
  await next.append([tombstone(edge + 11, `na-${edge + 3}`)])
  await next.dropBefore(edge * 9)
  expect(await next.read(edge + 11)).toBeUndefined()
  await next.append(facts(edge * 9, edge * 9))
  expect(await headlineAt(next, edge * 9)).toBe(`Fassung ${edge * 9} von na-${edge * 9}`)
})

test('what is too large is left to the stream, and chains go through it', async () => {
  const file = await opened()
  const noise = Array.from({ length: 180_000 }, (_, n) => Math.sin(n).toString(36)).join(' ')
  const large = taggedItem({ id: 'na-1', body: { html: '', text: noise, complete: true } })
  await file.append([fact(1, 'na-1'), factAt(2, large), fact(3)])
  expect((await file.read(2)) === undefined).toBe(true)
  expect(await headlineAt(file, 3)).toBe('Fassung 3 von na-3')
  await file.append([tombstone(4, 'na-1')])
  expect(rawTexts(folder)).not.toContain('von na-1"')
})

test('files that no mark speaks of are deleted', async () => {
  const file = await opened()
  await file.append(facts(1, 5))
  await file.sync()
  rmSync(join(folder, 'mark.json'))
  const next = await opened()
  expect(next.position).toBe(0)
  expect(readdirSync(folder)).toEqual(['mark.json'])
})

test('only this user may read the files', async () => {
  const file = await opened()
  await file.append(facts(1, 3))
  await file.sync()
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  }
})

test('a folder that can not be used is said in a sentence', async () => {
  mkdirSync(folder, { recursive: true })
  appendFileSync(join(folder, 'file'), '')
  folder = join(folder, 'file', 'items')
  await expect(opened()).rejects.toThrow(/^The folder .* can't be used for items: .*ENOTDIR/)
})
