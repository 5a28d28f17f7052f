import { type Newswire, startCatcher, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feedItems, push, pushJson, receiptOf } from './feeds-of.js'

let newswire: Newswire
beforeAll(async () => {
  newswire = await startNewswire()
})
afterAll(() => newswire.stop())

const release = (name: string, own: object = {}) => ({
  uri: `urn:acme:${name}`,
  version: '1',
  language: 'en',
  headline: `Acme opens the ${name} plant`,
  body_text: `Acme has opened the ${name} plant in Lyon, France.`,
  copyrightholder: 'Acme Corp',
  ...own,
})

async function decide(id: string, verb: string, body: object) {
  const answer = await newswire.api(`/api/v1/items/${id}/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> }
}

const found = (name: string) => feedItems(newswire, `q=${name}`)

/** Pushes a release and waits until it is public. */
async function published(name: string, own: object = {}): Promise<string> {
  await pushJson(newswire, release(name, own))
  await expect.poll(() => found(name), { timeout: 5_000 }).toHaveLength(1)
  return (await found(name))[0]?._newswire.id ?? ''
}

test('a person withdraws an item and brings it back; in between, the source cannot', async () => {
  const id = await published('amber')
  const reason = 'The issuer asked for it.'
  expect(await decide(id, 'withdraw', { reason })).toMatchObject({
    status: 202,
    said: { id, version: 2 },
  })
  await expect
    .poll(async () => (await fetch(`${newswire.url}/items/${id}`)).status, { timeout: 1_000 })
    .toBe(410)
  const late = await pushJson(newswire, release('amber', { version: '2', body_text: 'Newer.' }))
  await expect
    .poll(async () => (await receiptOf(newswire, late.clone())).state, { timeout: 5_000 })
    .toBe('superseded')
  expect(await decide(id, 'release', {})).toMatchObject({ status: 202, said: { version: 3 } })
  await expect.poll(() => found('amber'), { timeout: 5_000 }).toHaveLength(1)
  expect((await found('amber'))[0]?.content_html).toContain('Lyon')
  expect((await decide(id, 'release', {})).status).toBe(409)
})

test('a person lets a held item out before its time, and its receipt says so', async () => {
  const own = { embargoed: '2099-01-01T00:00:00Z', embargoedUntil: '2099-01-01T00:00:00Z' }
  const pushed = await pushJson(newswire, release('birch', own))
  await expect
    .poll(async () => (await receiptOf(newswire, pushed.clone())).state, { timeout: 5_000 })
    .toBe('held')
  const { id = '' } = await receiptOf(newswire, pushed.clone())
  expect(await found('birch')).toEqual([])
  expect((await fetch(`${newswire.url}/api/v1/items/${id}`)).status).toBe(404)
  expect((await decide(id, 'release', { reason: 'Told by phone.' })).status).toBe(202)
  await expect.poll(() => found('birch'), { timeout: 1_000 }).toHaveLength(1)
})

test('an embargo that nobody can read is a matter for a person, who lets the release out', async () => {
  const text =
    'Sperrfrist: bis auf Weiteres\n\nMuster AG: Elmwood eröffnet\n\nUlm (ots) - Elmwood ist offen.'
  const pushed = await push(newswire, text)
  await expect
    .poll(async () => (await receiptOf(newswire, pushed.clone())).state, { timeout: 5_000 })
    .toBe('held')
  const { id = '', reason } = await receiptOf(newswire, pushed.clone())
  expect(reason).toBe(`The embargo can't be read: POST /api/v1/items/${id}/release lets it out.`)
  const matters = async () => {
    const answer = await newswire.api('/api/v1/matters')
    return ((await answer.json()) as { items: { id: string; flags: string[] }[] }).items
  }
  expect(await matters()).toMatchObject([{ id, flags: ['embargo-unreadable'] }])
  expect((await fetch(`${newswire.url}/api/v1/matters`)).status).toBe(401)
  expect(await found('elmwood')).toEqual([])
  expect((await decide(id, 'release', {})).status).toBe(202)
  await expect.poll(() => found('elmwood'), { timeout: 1_000 }).toHaveLength(1)
  expect(await matters()).toEqual([])
})

test('a person joins a notice to the item that it corrects: one item, the next version', async () => {
  const id = await published('cedar')
  const notice = await published('cherry', { body_text: 'The cedar plant stands in Nice.' })
  const { status, said } = await decide(notice, 'link', { corrects: id })
  expect({ status, said }).toMatchObject({ status: 202, said: { version: 2 } })
  await expect
    .poll(async () => (await fetch(`${newswire.url}/items/${notice}`)).status, { timeout: 2_000 })
    .toBe(410)
  // A withdrawal waits behind nothing, the text is tagged first: either may stand on top.
  const corrected = async () => (await found('cherry')).find((one) => one._newswire.id === id)
  await expect
    .poll(async () => (await corrected())?._newswire, { timeout: 2_000 })
    .toMatchObject({ id, version: 2, change: 'correction' })
  const again = await pushJson(newswire, release('cherry', { version: '2', body_text: 'Cannes.' }))
  await expect
    .poll(async () => receiptOf(newswire, again.clone()), { timeout: 5_000 })
    .toMatchObject({ id })
})

test('a person tags by hand: found at once, and who has the item is not told again', async () => {
  await using catcher = await startCatcher()
  const hook = (filter: object) =>
    newswire.api('/api/v1/webhooks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${catcher.url}/${Object.keys(filter)[0]}`, filter }),
    })
  await hook({ q: ['walnut'] })
  await hook({ region: ['JP'], q: ['walnut'] })
  const id = await published('walnut')
  await expect.poll(() => catcher.events().length, { timeout: 5_000 }).toBe(1)
  const japan = { scheme: 'iso3166-1', code: 'JP' }
  expect(await decide(id, 'tags', { add: [japan] })).toMatchObject({
    status: 200,
    said: { id, revision: '1.2' },
  })
  await expect
    .poll(() => feedItems(newswire, 'region=JP&q=walnut'), { timeout: 2_000 })
    .toHaveLength(1)
  await expect
    .poll(() => catcher.events().map(({ request }) => request.path), {
      timeout: 5_000,
    })
    .toEqual(['/q', '/region'])
  expect(catcher.events().at(-1)?.type).toBe('item.published')
  const unknown = await decide(id, 'tags', { add: [{ scheme: 'iso3166-1', code: 'UK' }] })
  expect(unknown).toMatchObject({ status: 422, said: { meant: { code: 'GB' } } })
  await pushJson(newswire, release('walnut', { version: '2', body_text: 'It is larger.' }))
  await expect
    .poll(async () => (await feedItems(newswire, 'region=JP&q=larger')).length, { timeout: 5_000 })
    .toBe(1)
})
