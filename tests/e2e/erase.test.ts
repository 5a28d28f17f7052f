import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Catcher, type Newswire, rawTexts, startCatcher, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feedItems, push, pushJson } from './feeds-of.js'

const marker = 'Zitronenfalter'
const neighbour = 'Schwalbenschwanz'
const uri = 'urn:acme:erase'

let newswire: Newswire
let catcher: Catcher
beforeAll(async () => {
  newswire = await startNewswire()
  catcher = await startCatcher()
})
afterAll(async () => {
  await catcher.stop()
  await newswire.stop()
})

const release = (own: object = {}) => ({
  uri,
  version: '1',
  language: 'de',
  headline: `${marker} eröffnet ein Werk in Chongqing`,
  body_text: `Der ${marker} eröffnet ein Werk in China.`,
  copyrightholder: `${marker} AG`,
  ...own,
})

function post(path: string, body: object): Promise<Response> {
  return newswire.api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/**
 * Files of the data folder that hold a word in whatever case: streams, registers, Redis' log, and
 * the folder of deflated items.
 */
function filesWith(word: string): string[] {
  const script = `grep -rlai ${word} ${newswire.dataDir} || true`
  const found = execFileSync('sh', ['-c', script]).toString().split('\n').filter(Boolean)
  const items = join(newswire.dataDir, 'items')
  return new RegExp(word, 'i').test(rawTexts(items)) ? [...found, items] : found
}

async function answersWith(word: string, id: string, webhook: string): Promise<string[]> {
  const paths = [
    ...['rss', 'atom', 'json', 'ninjs'].flatMap((format) => [
      `/feeds/${format}`,
      `/feeds/${format}?region=CN`,
    ]),
    ...['/api/v1/items', `/api/v1/items/${id}`, `/items/${id}`, '/dashboard'],
    ...[`/api/v1/webhooks/${webhook}/deliveries`, '/api/v1/dead-letters', '/api/v1/matters'],
    '/metrics',
  ]
  const found = await Promise.all(
    paths.map(async (path) => [path, await (await newswire.api(path)).text()] as const),
  )
  return found.filter(([, text]) => text.includes(word)).map(([path]) => path)
}

test('erased by law means gone: from every answer, stream, file and from what was sent in', async () => {
  const hook = await post('/api/v1/webhooks', { url: catcher.url, filter: {} })
  const { id: webhook } = (await hook.json()) as { id: string }
  expect((await post('/api/v1/webhooks', { target: 'bus', filter: {} })).status).toBe(201)
  // A receiver that answers with what it was sent, also with what it is to forget.
  catcher.answer((request) => {
    const isVerify = request.body.includes('webhook.verify')
    if (isVerify || request.body.includes(neighbour)) return undefined
    return { status: 200, body: `Got it: ${marker}.` }
  })
  const first = await pushJson(newswire, release())
  await expect.poll(() => feedItems(newswire), { timeout: 5_000 }).toHaveLength(1)
  const [item] = await feedItems(newswire)
  const id = item?._newswire.id ?? ''
  await pushJson(newswire, release({ version: '2', body_text: `Der ${marker} eröffnet zwei.` }))
  await pushJson(newswire, release({ body_text: `Der ${marker} schließt.` }))
  await push(newswire, `${neighbour} bleibt\n\nMusterstadt (ots) - Der ${neighbour} bleibt.`)
  await expect.poll(() => catcher.events().length, { timeout: 10_000 }).toBe(3)
  expect(filesWith(marker).length).toBeGreaterThan(2)
  expect(filesWith(marker)).toContain(join(newswire.dataDir, 'items'))
  await expect.poll(() => filesWith(marker).join()).toContain('/OUT/')
  await expect.poll(() => filesWith(marker).join()).toContain('/ANSWERS/')
  expect(filesWith(marker).join()).not.toContain('/DELIVERIES/')
  expect(await answersWith(marker, id, webhook)).not.toEqual([])

  const answer = await post(`/api/v1/items/${id}/erase`, { reason: 'Order of the court.' })
  expect(answer.status).toBe(202)
  expect(await answer.json()).toMatchObject({ id, version: 3 })
  await expect
    .poll(() => answersWith(marker, id, webhook), { timeout: 1_000, interval: 50 })
    .toEqual([])
  await expect.poll(() => filesWith(marker), { timeout: 30_000, interval: 200 }).toEqual([])

  expect((await fetch(`${newswire.url}/items/${id}`)).status).toBe(410)
  await expect.poll(() => catcher.events().at(-1)?.type, { timeout: 5_000 }).toBe('item.withdrawn')
  expect(catcher.events().at(-1)?.request.body).not.toContain(marker)
  const { receipt } = (await first.json()) as { receipt: string }
  expect((await newswire.api(`/api/v1/receipts/${receipt}`)).status).toBe(404)
  expect(filesWith(neighbour)).not.toEqual([])
  expect(newswire.logs()).not.toContain(marker)
})

test('an erased item never comes back, and what is sent of it is erased when it arrives', async () => {
  await pushJson(newswire, release({ version: '9' }))
  await expect.poll(() => filesWith(marker), { timeout: 30_000, interval: 200 }).toEqual([])
  const titles = (await feedItems(newswire)).map(({ title }) => title)
  expect(titles).toEqual(['Withdrawn: (erased)', `${neighbour} bleibt`])
})

test('the dropped file that an erased release came in goes with it', async () => {
  const folder = join(newswire.dataDir, 'drop')
  const body = JSON.stringify(release({ uri: 'urn:acme:dropped', headline: 'Admiral flattert' }))
  execFileSync('sh', ['-c', `cat > ${join(folder, 'admiral.json')}`], { input: body })
  const done = () => readdirSync(join(folder, 'done'))
  await expect.poll(done, { timeout: 10_000 }).toEqual(['admiral.json'])
  expect(readFileSync(join(folder, 'done', 'admiral.json'), 'utf8')).toContain(marker)
  const items = () => feedItems(newswire, 'q=admiral')
  await expect.poll(items, { timeout: 5_000 }).toHaveLength(1)
  const id = (await items())[0]?._newswire.id
  await post(`/api/v1/items/${id}/erase`, { reason: 'Order of the court.' })
  await expect.poll(done, { timeout: 10_000 }).toEqual([])
  await expect.poll(() => filesWith('flattert'), { timeout: 30_000, interval: 200 }).toEqual([])
})

test('a decision on what does not exist is a problem that says so, and needs an admin', async () => {
  const unknown = await post('/api/v1/items/na-none/erase', { reason: 'x' })
  expect(unknown.status).toBe(404)
  const key = (await (await post('/api/v1/keys', { role: 'ingest', name: 'wire' })).json()) as {
    key: string
  }
  const refused = await newswire.api('/api/v1/items/na-none/erase', {
    method: 'POST',
    headers: { authorization: `Bearer ${key.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'x' }),
  })
  expect(refused.status).toBe(403)
})
