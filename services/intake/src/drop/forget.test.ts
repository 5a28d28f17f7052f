import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMetrics, type RunningWorker } from '@newswire/runtime'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type House, openHouse } from '../fixtures/house.js'
import { rawId } from '../publish.js'
import { createDropWorker } from './drop-worker.js'

let house: House
let folder: string
let running: RunningWorker | undefined

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house[Symbol.asyncDispose]())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newswire-drop-'))
})
afterEach(async () => {
  await running?.stop()
  await rm(folder, { recursive: true })
})

async function start(): Promise<void> {
  const worker = createDropWorker({ ...house, metrics: createMetrics(), folder, lookMs: 20 })
  running = await worker.start({
    fail: (error) => {
      throw error
    },
  })
}

let erasures = 0

/** What the normalizer says when it erases releases that were dropped as texts. */
async function erase(...texts: string[]): Promise<void> {
  erasures += 1
  const files = texts.map((text) => rawId('drop', 'text/plain', text))
  const at = new Date().toISOString()
  const fact = { actor: 'desk', action: 'item.erased', subject: 'na-1', at, detail: { files } }
  await house.bus.publish('audit', fact, { actor: 'desk' }, { id: `erased:${erasures}` })
}

const drop = (name: string, text: string) => writeFile(join(folder, name), text)
const done = () => readdir(join(folder, 'done')).then((names) => names.toSorted())

it('the file of an erased release goes, whatever it is called, and no other', async () => {
  await start()
  await drop('a.txt', 'The first release')
  await expect.poll(done).toEqual(['a.txt'])
  await drop('a.txt', 'The second release')
  await expect.poll(done).toHaveLength(2)
  await drop('b.txt', 'The third release')
  await expect.poll(done).toHaveLength(3)
  await erase('The second release')
  await expect.poll(done).toEqual(['a.txt', 'b.txt'])
})

it('a release that is erased before its file is put away goes with its file', async () => {
  await start()
  await erase('A release that was erased before')
  await drop('late.txt', 'A release that was erased before')
  await drop('other.txt', 'A release that stays')
  await expect.poll(done).toContain('other.txt')
  await expect.poll(done).toEqual(['other.txt'])
})

it('a file that lay there while no process ran goes at the next start', async () => {
  await start()
  await drop('a.txt', 'A release that is erased at night')
  await expect.poll(done).toEqual(['a.txt'])
  await running?.stop()
  await erase('A release that is erased at night')
  expect(await done()).toEqual(['a.txt'])
  await start()
  await expect.poll(done).toEqual([])
})
