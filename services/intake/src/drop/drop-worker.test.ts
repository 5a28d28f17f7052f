import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture } from '@newswire/kit'
import { createMetrics, type RunningWorker } from '@newswire/runtime'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type House, openHouse, rawItems } from '../fixtures/house.js'
import { createDropWorker } from './drop-worker.js'

let house: House
let folder: string
const running: RunningWorker[] = []

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house[Symbol.asyncDispose]())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newswire-drop-'))
})
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.stop()
  await rm(folder, { recursive: true })
})

const fail = (error: Error) => {
  throw error
}
const start = async (own: { lookMs?: number } = {}) => {
  const worker = createDropWorker({ ...house, ...own, metrics: createMetrics(), folder })
  running.push(await worker.start({ fail }))
}
const drop = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content)
const within = (part: string) => readdir(join(folder, part)).then((names) => names.toSorted())
const stored = async () => (await rawItems(house.bus)).map(({ value }) => value)

describe('the drop folder', () => {
  it('takes a wire text within a second and moves it to done', async () => {
    await start()
    const text = fixture('chongqing.txt')
    const droppedAt = Date.now()
    await drop('release.txt', text)
    await expect.poll(() => within('done'), { interval: 20 }).toEqual(['release.txt'])
    expect(Date.now() - droppedAt).toBeLessThan(1_000)
    expect((await stored()).at(-1)).toMatchObject({
      source: 'drop',
      door: 'drop',
      file: 'release.txt',
      contentType: 'text/plain',
      body: text,
    })
  })

  it('takes texts of an unlabelled charset and ninjs, and what was there before it started', async () => {
    await drop('old.tst', Uint8Array.from([0x93, 0x4b, 0xf6, 0x6c, 0x6e, 0x94]))
    await drop('doc.json', '{"headline":"Acme"}')
    await start()
    await expect.poll(() => within('done')).toEqual(['doc.json', 'old.tst'])
    const items = await stored()
    expect(items.find(({ file }) => file === 'old.tst')?.body).toBe('“Köln”')
    expect(items.find(({ file }) => file === 'doc.json')?.contentType).toBe('application/json')
  })

  it.each([
    ['message.xml', '<newsItem/>', /XML is not read/],
    ['page.txt', '<?xml version="1.0"?><nitf/>', /XML is not read/],
    ['list.json', '[1]', /JSON object/],
    ['blank.txt', ' \n ', /Send the text/],
    ['large.txt', 'x'.repeat(1_048_577), /larger than 1048576/],
    ['picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), /not a text/],
  ])('moves %s to failed, with its reason beside it', async (name, content, reason) => {
    const before = (await stored()).length
    await start()
    await drop(name, content)
    await expect.poll(() => within('failed')).toEqual([name, `${name}.reason`].toSorted())
    expect(await readFile(join(folder, 'failed', `${name}.reason`), 'utf8')).toMatch(reason)
    expect(await stored()).toHaveLength(before)
  })

  it('leaves hidden and unfinished files, folders and symbolic links alone', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'newswire-outside-'))
    await writeFile(join(outside, 'secret.txt'), 'a secret')
    await symlink(join(outside, 'secret.txt'), join(folder, 'link.txt'))
    await mkdir(join(folder, 'folder.txt'))
    for (const name of ['.hidden.txt', 'a.txt.part', 'b.tmp']) await drop(name, 'text of a release')
    await start()
    await drop('real.txt', 'text of a real release')
    await expect.poll(() => within('done')).toEqual(['real.txt'])
    await rename(join(folder, 'a.txt.part'), join(folder, 'a.txt'))
    await expect.poll(() => within('done')).toEqual(['a.txt', 'real.txt'])
    expect((await stored()).some(({ body }) => body === 'a secret')).toBe(false)
    expect(await within('.')).toEqual(
      ['.hidden.txt', 'b.tmp', 'done', 'failed', 'folder.txt', 'link.txt'].toSorted(),
    )
    await rm(outside, { recursive: true })
  })

  it('waits for a file whose writer has not finished', async () => {
    // Far more than a busy machine stalls the writer, far less than the writer takes.
    await start({ lookMs: 600 })
    let text = ''
    const write = async () => {
      text += `part of a release, taken at ${text.length}\n`
      await drop('slow.txt', text)
      return text.length
    }
    await expect.poll(write, { interval: 20, timeout: 10_000 }).toBeGreaterThan(4_500)
    await expect.poll(() => within('done')).toEqual(['slow.txt'])
    expect((await stored()).findLast(({ file }) => file === 'slow.txt')?.body).toBe(text)
  })

  it('stores a file once where two processes look into one folder', async () => {
    await start()
    await start()
    const before = (await stored()).length
    for (let number = 0; number < 20; number += 1) await drop(`${number}.txt`, `release ${number}`)
    await expect.poll(() => within('done'), { timeout: 5_000 }).toHaveLength(20)
    expect(await within('failed')).toEqual([])
    expect(await stored()).toHaveLength(before + 20)
  })

  it('stores a file once where it died between the bus and the move', async () => {
    const before = (await stored()).length
    await start()
    await drop('once.txt', 'the same release')
    await expect.poll(() => within('done')).toEqual(['once.txt'])
    // As if the move had never happened.
    await rename(join(folder, 'done', 'once.txt'), join(folder, 'once.txt'))
    await expect.poll(() => within('done')).toEqual(['once.txt'])
    expect(await stored()).toHaveLength(before + 1)
  })

  it('keeps both of two files of one name', async () => {
    await start()
    await drop('same.txt', 'first')
    await expect.poll(() => within('done')).toHaveLength(1)
    await drop('same.txt', 'second')
    await expect.poll(() => within('done')).toHaveLength(2)
  })
})

describe('the drop folder with a full stream', () => {
  it('leaves the file where it is', async () => {
    await using small = await openHouse({ RAW: { bytesMax: 20_000 } })
    running.push(await createDropWorker({ ...small, folder }).start({ fail }))
    await drop('big.txt', 'x'.repeat(100_000))
    await expect
      .poll(() => small.lines.filter(({ msg }) => msg === 'drop folder not taken in').length)
      .toBeGreaterThan(0)
    expect(await within('.')).toContain('big.txt')
    for (const worker of running.splice(0)) await worker.stop()
  })
})
