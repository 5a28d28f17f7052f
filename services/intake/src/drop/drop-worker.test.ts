import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture } from '@newswire/kit'
import { createMetrics, type RunningWorker } from '@newswire/runtime'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type House, openHouse, rawItems, sourceAt } from '../fixtures/house.js'
import { publishRaw, rawId } from '../publish.js'
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
const feedOf = (ids: number[]) => {
  const items = ids.map((id) => `<item><title>Release ${id}</title></item>`)
  return `<rss version="2.0"><channel><title>Ours</title>${items.join('')}</channel></rss>`
}
const newsMessage = (...guids: string[]) => {
  const items = guids.map((guid) => `<newsItem guid="${guid}"><itemMeta/></newsItem>`)
  return `<newsMessage><header/><itemSet>${items.join('')}</itemSet></newsMessage>`
}
const parts = ['urn:1', 'urn:2', 'urn:3'].map((guid) => newsMessage(guid))
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
    ['contents.xml', '<contentMeta/>', /root element <contentMeta>/],
    ['page.txt', '<?xml version="1.0"?><html><body/></html>', /root element <html>/],
    ['page.html', '<p>A release</p>', /web page/],
    ['feed.rss', feedOf([1, 2]), /as a source/],
    ['list.json', '[1]', /JSON object/],
    ['blank.txt', ' \n ', /Send the text/],
    ['large.txt', 'x'.repeat(1_048_577), /at most 1048576 bytes/],
    ['picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), /not a text/],
  ])('moves %s to failed, with its reason beside it', async (name, content, reason) => {
    const before = (await stored()).length
    await start()
    await drop(name, content)
    await expect.poll(() => within('failed')).toEqual([name, `${name}.reason`].toSorted())
    expect(await readFile(join(folder, 'failed', `${name}.reason`), 'utf8')).toMatch(reason)
    expect(await stored()).toHaveLength(before)
  })

  it('takes NewsML, NITF and a feed of one entry by their names', async () => {
    await start()
    await drop('a.xml', newsMessage('urn:a'))
    await drop('b.newsml', '<NewsML><NewsItem><NewsComponent/></NewsItem></NewsML>')
    await drop('c.nitf', '<nitf><body/></nitf>')
    await drop('d.rss', feedOf([1]))
    await expect.poll(() => within('done')).toEqual(['a.xml', 'b.newsml', 'c.nitf', 'd.rss'])
    const types = new Map((await stored()).map(({ file, contentType }) => [file, contentType]))
    expect(['a.xml', 'b.newsml', 'c.nitf', 'd.rss'].map((name) => types.get(name))).toEqual([
      'application/xml',
      'application/xml',
      'application/xml',
      'application/vnd.newswire.entry+json',
    ])
  })

  it('stores each news item of a message, and once where it died between two of them', async () => {
    const before = (await stored()).length
    const [first = ''] = parts
    // As if an earlier life had come as far as the first.
    const id = rawId('drop', 'application/xml', first)
    const raw = {
      source: 'drop',
      door: 'drop',
      contentType: 'application/xml',
      body: first,
    } as const
    const received = new Date().toISOString()
    await publishRaw(house.bus, { ...raw, received, rights: 'full', file: 'three.xml' }, id)
    await start()
    await drop('three.xml', newsMessage('urn:1', 'urn:2', 'urn:3'))
    await expect.poll(() => within('done')).toEqual(['three.xml'])
    expect((await stored()).slice(before).map(({ body }) => body)).toEqual(parts)
  })

  it('waits for the end of an XML file, and gives up on one that nobody goes on with', async () => {
    await start()
    const whole = newsMessage('urn:slow')
    await drop('slow.xml', whole.slice(0, -20))
    await drop('old.xml', whole.slice(0, -20))
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(join(folder, 'old.xml'), longAgo, longAgo)
    await expect.poll(() => within('failed')).toEqual(['old.xml', 'old.xml.reason'])
    expect(await readFile(join(folder, 'failed', 'old.xml.reason'), 'utf8')).toMatch(/breaks off/)
    expect(await within('done')).toEqual([])
    await drop('slow.xml', whole)
    await expect.poll(() => within('done')).toEqual(['slow.xml'])
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

describe('a subfolder that a source names', () => {
  const row = sourceAt('drop:agency', {
    id: 'agency',
    kind: 'drop',
    wire: 'agency',
    rights: 'private',
  })

  it('gives its files the wire and the rights of the row', async () => {
    await house.sources.create(row)
    await start()
    await expect.poll(() => within('agency').catch(() => [])).toEqual(['done', 'failed'])
    await drop('agency/release.txt', 'A release of the agency')
    await drop('agency/broken.json', '{')
    await expect.poll(() => within('agency/done')).toEqual(['release.txt'])
    await expect.poll(() => within('agency/failed')).toEqual(['broken.json', 'broken.json.reason'])
    expect((await stored()).at(-1)).toMatchObject({
      source: 'agency',
      wire: 'agency',
      rights: 'private',
      door: 'drop',
      file: 'release.txt',
    })
    expect(await within('done')).toEqual([])
  })

  it('is left alone while the row is disabled or gone, and where it is no folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'newswire-outside-'))
    await mkdir(join(folder, 'resting'))
    await symlink(outside, join(folder, 'linked'))
    for (const [id, enabled] of [
      ['resting', false],
      ['linked', true],
    ] as const) {
      await house.sources.create({ ...row, id, url: `drop:${id}`, enabled })
    }
    await writeFile(join(outside, 'secret.txt'), 'a secret')
    await drop('resting/early.txt', 'Too early')
    await start()
    await drop('real.txt', 'text of another real release')
    await expect.poll(() => within('done')).toEqual(['real.txt'])
    expect(await within('resting')).toEqual(['early.txt'])
    expect(await readdir(outside)).toEqual(['secret.txt'])
    await house.sources.change('resting', (source) => ({ ...source, enabled: true }))
    await expect.poll(() => within('resting/done').catch(() => [])).toEqual(['early.txt'])
    await rm(outside, { recursive: true })
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
