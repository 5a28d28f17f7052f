import { createServer, type HttpServer, type KeyRing } from '@newswire/http'
import { facetsOf, handTagsSchema, type TaggedItem, toToken } from '@newswire/model'
import { createMetrics, systemClock } from '@newswire/runtime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inMs, keys, patience, useRoom, vocabulary } from '../fixtures/room.js'
import { handRoutes } from './routes.js'

const { room, startTagger, normalized, newest, newestStored, taggedCount, holdRows, handled } =
  useRoom()
const bavaria = { scheme: 'iso3166-2', code: 'DE-BY' }
const china = { scheme: 'iso3166-1', code: 'CN' }

const keyRing: KeyRing = {
  find: async (key) =>
    key === 'nw_admin' ? { keyId: 'key_anna', role: 'admin', name: 'Anna' } : undefined,
  byId: async () => undefined,
  create: () => Promise.reject(new Error('not here')),
  list: async () => [],
  revoke: async () => false,
}

let server: HttpServer
beforeEach(async () => {
  const { bus, store, log } = room()
  server = await createServer({
    ...{ log, metrics: createMetrics(), keyRing, cookieSecret: 'x'.repeat(32) },
    health: async () => ({ ready: true, parts: {} }),
  })
  await handRoutes({ bus, store, clock: systemClock, vocabulary })(server)
  return () => server.close()
})
afterEach(() => server.close())

function say(payload: object, id: string = keys.id) {
  const headers = { authorization: 'Bearer nw_admin' }
  return server.inject({ method: 'POST', url: `/api/v1/items/${id}/tags`, headers, payload })
}

const facets = async () => [...facetsOf((await newest()) ?? (await Promise.reject('none public')))]

test('tags of a person reach the public version at once, and every later one', async () => {
  await startTagger()
  await normalized({})
  await expect.poll(() => newest(), patience).toBeDefined()
  expect(await facets()).toContain('region:CN')
  const answer = await say({ add: [bavaria], remove: [china] })
  expect(answer.json()).toEqual({
    ...{ id: keys.id, add: [bavaria], remove: [china], revision: '1.2' },
  })
  expect(await newest()).toMatchObject({ version: 1, tagging: 2 })
  expect(await facets()).toContain('region:DE-BY')
  expect(await facets()).not.toContain('region:CN')
  await normalized({ version: 2, change: 'update' })
  await expect.poll(async () => (await newest())?.version, patience).toBe(2)
  expect(await facets()).toContain('region:DE-BY')
  expect(await facets()).not.toContain('region:CN')
  await handled()
  expect(await taggedCount()).toBe(3)
  const audit = await room().bus.latest('audit', { actor: 'key_anna' })
  expect(audit?.value).toMatchObject({ action: 'item.tags', subject: keys.id })
}, 30_000)

test('what a person says is told as ever, also where the tagging before was silent', async () => {
  await startTagger()
  await normalized({})
  await expect.poll(() => newest(), patience).toBeDefined()
  const shown = await newestStored()
  if (!shown) throw new Error('The item is not public.')
  const options = { id: `${keys.id}:1.2`, expect: shown.sequence }
  const toldAs = { language: 'de', tags: [] }
  const quiet: TaggedItem = {
    ...shown.value,
    tagging: 2,
    announce: 'nobody',
    toldAs,
    firstSequence: shown.sequence,
  }
  await room().bus.publish('item.tagged', quiet, keys, options)
  expect((await say({ add: [bavaria] })).json()).toMatchObject({ revision: '1.3' })
  expect(await newest()).toMatchObject({ tagging: 3 })
  expect(await newest()).not.toHaveProperty('announce')
  expect((await newest())?.toldAs?.tags.map(({ code }) => code)).toEqual(['DE-BY'])
  expect((await newest())?.firstSequence).toBe(shown.sequence)
}, 30_000)

test('a tag that silence brought is announced when a person gives it', async () => {
  await startTagger()
  await normalized({})
  await expect.poll(() => newest(), patience).toBeDefined()
  const shown = await newestStored()
  if (!shown) throw new Error('The item is not public.')
  const options = { id: `${keys.id}:1.2`, expect: shown.sequence }
  const toldAs = { language: shown.value.language, tags: [] }
  const quiet: TaggedItem = { ...shown.value, tagging: 2, announce: 'nobody', toldAs }
  await room().bus.publish('item.tagged', quiet, keys, options)
  expect((await say({ add: [china] })).json()).toMatchObject({ revision: '1.3' })
  expect((await newest())?.toldAs?.tags.map(({ code }) => code)).toEqual(['CN'])
  expect((await newest())?.toldBefore?.tags).toEqual([])
  expect((await say({ add: [china] })).json()).toMatchObject({ revision: '1.3' })
}, 30_000)

test('the same tags again make no revision', async () => {
  await startTagger()
  await normalized({})
  await expect.poll(() => newest(), patience).toBeDefined()
  expect((await say({ add: [bavaria] })).json()).toMatchObject({ revision: '1.2' })
  expect((await say({ add: [bavaria] })).json()).toMatchObject({ revision: '1.2' })
  expect(await taggedCount()).toBe(2)
}, 30_000)

test('a held item has its tags when it comes out, and shows nothing of them before', async () => {
  await startTagger()
  await normalized({ embargoUntil: inMs(1_500) })
  await expect.poll(holdRows, patience).toHaveLength(1)
  await expect.poll(() => room().store.itemState(keys.id), patience).toBeDefined()
  expect((await say({ add: [bavaria] })).json()).toMatchObject({ revision: null })
  expect(await taggedCount()).toBe(0)
  await expect.poll(() => newest(), patience).toBeDefined()
  expect(await facets()).toContain('region:DE-BY')
}, 30_000)

test('what a person said while no tagger ran is applied at the next start', async () => {
  const tagger = await startTagger()
  await normalized({})
  await expect.poll(() => newest(), patience).toBeDefined()
  await tagger.stop()
  room().running.pop()
  const handTags = await room().bus.register('handTags', handTagsSchema)
  const at = new Date().toISOString()
  const row = { item: keys.id, wire: keys.wire, add: [bavaria], remove: [], actor: 'a', at }
  await handTags.put(toToken(keys.id), row)
  expect(await newest()).toMatchObject({ tagging: 1 })
  await startTagger()
  await expect.poll(async () => (await newest())?.tagging, patience).toBe(2)
}, 30_000)

test('a story that a person set goes out with the same version, and comes off again', async () => {
  await startTagger()
  await normalized({})
  await expect.poll(() => newest(), patience).toBeDefined()
  await normalized({ story: 'prn-1', storyReasons: ['A person said so.'] })
  await expect.poll(async () => (await newest())?.story, patience).toBe('prn-1')
  expect(await newest()).toMatchObject({ version: 1, tagging: 2 })
  const { story, ...rest } = await normalized({ story: undefined as never, flags: ['x'] })
  expect(story).toBeUndefined()
  expect(rest.version).toBe(1)
  await expect.poll(async () => (await newest())?.tagging, patience).toBe(3)
  expect((await newest())?.story).toBeUndefined()
}, 30_000)

test('what cannot be given is refused with what may be meant', async () => {
  await normalized({})
  const unknown = await say({ add: [{ scheme: 'iso3166-1', code: 'UK' }] })
  expect(unknown.statusCode).toBe(422)
  expect(unknown.json()).toMatchObject({ meant: { code: 'GB' } })
  expect(unknown.json().detail).toMatch(/^iso3166-1 has no code UK\. Perhaps/)
  expect((await say({ add: [{ scheme: 'lang', code: 'de' }] })).json().detail).toMatch(
    /^There is no scheme lang here/,
  )
  expect((await say({})).statusCode).toBe(422)
  expect((await say({ add: [china], remove: [china] })).statusCode).toBe(422)
  expect((await say({ add: [china] }, 'na-none')).statusCode).toBe(404)
}, 30_000)
