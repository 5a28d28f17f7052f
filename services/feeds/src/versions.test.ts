import { taggedItem } from '@newswire/model/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedsHouse, startFeedsHouse } from './fixtures/house.js'

let house: FeedsHouse

beforeAll(async () => {
  house = await startFeedsHouse()
})
afterAll(() => house.stop())

const body = (text: string) => ({ html: `<p>${text}</p>`, text, complete: true })

async function ask(path: string) {
  const answer = await fetch(`${house.url}/api/v1/items/${path}`)
  const text = await answer.text()
  return { status: answer.status, text, body: JSON.parse(text) as Answer }
}

interface Answer {
  readonly items: {
    readonly id: string
    readonly bodies: { readonly value: string }[]
    readonly _newswire: { readonly version: number; readonly revision: string }
  }[]
  readonly truncated: boolean
}

test('gives the versions newest first, each as it was tagged last', async () => {
  await house.publish(
    taggedItem({ id: 'na-1', body: body('Erste') }),
    taggedItem({ id: 'na-1', version: 2, change: 'update', body: body('Zweite') }),
    taggedItem({ id: 'na-1', version: 2, change: 'update', tagging: 2, body: body('Zweite') }),
    taggedItem({ id: 'na-1', version: 3, change: 'correction', body: body('Dritte') }),
  )
  const { status, body: told } = await ask('na-1/versions')
  expect(status).toBe(200)
  expect(told.items.map(({ _newswire }) => _newswire.revision)).toEqual(['3.1', '2.2', '1.1'])
  expect(told.items.map(({ bodies }) => bodies[1]?.value)).toEqual(['Dritte', 'Zweite', 'Erste'])
  expect(told.truncated).toBe(false)
})

test('no text from before a withdrawal comes out, not even after a new version', async () => {
  const withdrawn = { version: 2, change: 'withdrawal', status: 'canceled' } as const
  await house.publish(
    taggedItem({ id: 'na-2', body: body('GEHEIM') }),
    taggedItem({ id: 'na-2', ...withdrawn, body: body('GEHEIM') }),
  )
  const gone = await ask('na-2/versions')
  expect(gone.status).toBe(410)
  expect(gone.text).not.toContain('GEHEIM')
  await house.publish(taggedItem({ id: 'na-2', version: 3, change: 'update', body: body('Neu') }))
  const { body: told, text } = await ask('na-2/versions')
  expect(told.items.map(({ _newswire }) => _newswire.version)).toEqual([3, 2])
  expect(text).not.toContain('GEHEIM')
})

test('what is a teaser by now was never more, and a private version is not told', async () => {
  const long = body(`${'Anfang. '.repeat(60)}SCHLUSS`)
  await house.publish(
    taggedItem({ id: 'na-3', rights: 'private', body: body('PRIVAT') }),
    taggedItem({ id: 'na-3', version: 2, change: 'update', body: long }),
    taggedItem({ id: 'na-3', version: 3, change: 'update', rights: 'teaser', body: long }),
  )
  const { body: told, text } = await ask('na-3/versions')
  expect(told.items.map(({ _newswire }) => _newswire.version)).toEqual([3, 2])
  expect(text).not.toMatch(/SCHLUSS|PRIVAT/)
})

test('an item that nobody may see has neither versions nor a story', async () => {
  await house.publish(taggedItem({ id: 'na-4', rights: 'private' }))
  for (const path of ['na-4/versions', 'na-4/story', 'na-none/versions']) {
    expect((await ask(path)).status).toBe(404)
  }
})

test('names the same story elsewhere, from each of its items, without withdrawn ones', async () => {
  await house.publish(
    taggedItem({ id: 'na-5' }),
    taggedItem({ id: 'prn-5', wire: 'prn', story: 'na-5', issuer: { name: 'Muster Inc.' } }),
    taggedItem({ id: 'na-6', story: 'na-5', language: 'en' }),
    taggedItem({ id: 'na-7', story: 'na-5', status: 'canceled', change: 'withdrawal' }),
    taggedItem({ id: 'na-8', story: 'na-5', rights: 'private' }),
  )
  const idsOf = async (id: string) => (await ask(`${id}/story`)).body.items.map((item) => item.id)
  expect(await idsOf('na-5')).toEqual(['na-6'])
  expect((await idsOf('prn-5')).sort()).toEqual(['na-5'])
  expect(await idsOf('na-6')).toEqual(['na-5'])
})
