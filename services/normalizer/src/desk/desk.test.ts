import {
  aliasSchema,
  type Decision,
  type NormalizedItem,
  type RawItem,
  toToken,
} from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { publishDecision } from '../fixtures/decisions.js'
import { type News, news, present, useRoom } from '../fixtures/room.js'

const { lines, bus, push, newest, shown, receipt, show, settled } = useRoom()

const decide = (decision: Decision, own: Partial<RawItem> = {}) =>
  publishDecision(bus(), decision, own)

async function published(item: News): Promise<NormalizedItem> {
  const version = await settled(item, await push(item))
  await show(version)
  return version
}

async function told(raw: number): Promise<string | undefined> {
  await expect.poll(() => receipt(raw)).toBeDefined()
  return (await receipt(raw))?.value.reason
}

const reason = 'The issuer asked for it.'

describe('withdraw', () => {
  it('takes the item back, and nothing that the source says brings it out again', async () => {
    const item = news({ version: '1' })
    const { id } = await published(item)
    const raw = await decide({ action: 'withdraw', item: id, reason })
    expect(await settled(item, raw)).toMatchObject({
      version: 2,
      change: 'withdrawal',
      status: 'canceled',
      headline: 'Acme opens a factory',
      body: { html: '', text: '' },
      lineage: [{ version: 1 }, { version: 2, withdrawn: true, byPerson: true }],
    })
    await expect.poll(async () => (await shown(item))?.value.status).toBe('canceled')
    const later = await push({ ...item, version: '9', body_text: 'It is open after all.' })
    expect(await told(later)).toBe('a person withdrew the item; only a person can release it')
    expect((await newest(item))?.value.version).toBe(2)
  })

  it('is in the audit with its actor, item and reason, and once however often it is given', async () => {
    const item = news()
    const { id } = await published(item)
    const raw = await decide({ action: 'withdraw', item: id, reason }, { pushedBy: 'key_audit' })
    await settled(item, raw)
    await expect
      .poll(() => bus().latest('audit', { actor: 'key_audit' }))
      .toMatchObject({
        value: { action: 'item.withdraw', subject: id, detail: { item: id, reason } },
      })
  })

  it('marks an item that the source withdrew before, without telling everyone again', async () => {
    const item = news({ version: '1' })
    await published(item)
    const end = { uri: item['uri'], version: '2', pubStatus: 'canceled' }
    const { id } = await settled(item, await push(end))
    expect(await told(await decide({ action: 'withdraw', item: id, reason }))).toBe(
      'the version stands, and carries the decision',
    )
    expect((await newest(item))?.value.version).toBe(2)
    const back = await push({ ...item, version: '3', body_text: 'Back.' })
    expect(await told(back)).toMatch('a person withdrew the item')
  })

  it('of an item that does not exist becomes a dead letter that says so', async () => {
    const raw = await decide({ action: 'withdraw', item: 'na-none', reason })
    await expect
      .poll(async () => (await bus().deadLetters.of('normalizer', raw))?.value.error.message)
      .toMatch(/There is no item na-none/)
  })

  it('is taken from the desk alone', async () => {
    const item = news()
    const { id } = await published(item)
    const raw = await decide({ action: 'withdraw', item: id, reason }, { door: 'push' })
    await expect
      .poll(async () => (await bus().deadLetters.of('normalizer', raw))?.value.error.message)
      .toMatch(/^This is no decision/)
  })
})

describe('release', () => {
  const embargoedUntil = '2099-01-01T00:00:00Z'

  it('ends an embargo at once, and the same text with its embargo changes nothing', async () => {
    const item = news({ embargoedUntil, version: '1' })
    const { id } = await settled(item, await push(item))
    const version = await settled(item, await decide({ action: 'release', item: id }))
    expect(version).toMatchObject({ version: 2, change: 'update', status: 'usable' })
    expect(version.embargoUntil).toBeUndefined()
    expect(version.body.text).toBe('Acme has opened a factory.')
    expect(await told(await push(item))).toBe('the text is that of version 1')
    expect(
      await settled(item, await push({ ...item, version: '2', body_text: 'A newer text.' })),
    ).toMatchObject({ version: 3, embargoUntil: '2099-01-01T00:00:00.000Z' })
  })

  it('brings back what a person withdrew, with its last text, and the source may go on', async () => {
    const item = news({ version: '1' })
    const { id } = await published(item)
    await settled(item, await decide({ action: 'withdraw', item: id, reason }))
    const raw = await decide({ action: 'release', item: id })
    expect(await settled(item, raw)).toMatchObject({
      version: 3,
      change: 'update',
      status: 'usable',
      body: { text: 'Acme has opened a factory.' },
    })
    const old = await push({ ...item, version: '0', body_text: 'An older text.' })
    expect(await told(old)).toBe('a newer version stands')
    const next = await push({ ...item, version: '2', body_text: 'A newer text.' })
    expect(await settled(item, next)).toMatchObject({ version: 4 })
    const end = await push({ uri: item['uri'], version: '3', pubStatus: 'canceled' })
    expect(await settled(item, end)).toMatchObject({ version: 5, status: 'canceled' })
  })

  it('lets an embargo of the text that it brings back stand', async () => {
    const item = news({ embargoedUntil })
    const { id } = await settled(item, await push(item))
    await settled(item, await decide({ action: 'withdraw', item: id, reason }))
    const back = await settled(item, await decide({ action: 'release', item: id }))
    expect(back.embargoUntil).toBe('2099-01-01T00:00:00.000Z')
    expect(JSON.stringify(lines)).not.toContain(id)
  })

  it('changes nothing where nothing is held', async () => {
    const item = news()
    const { id } = await published(item)
    expect(await told(await decide({ action: 'release', item: id }))).toBe('nothing holds the item')
    await settled(item, await push({ uri: item['uri'], pubStatus: 'canceled' }))
    expect(await told(await decide({ action: 'release', item: id }))).toMatch('the source withdrew')
  })
})

describe('link', () => {
  it('makes a notice the next version of its item, and takes it back as one of its own', async () => {
    const item = news()
    const notice = news({ headline: 'Acme opens two factories', body_text: 'It opens two.' })
    const [{ id }, { id: by }] = [await published(item), await published(notice)]
    const raw = await decide({ action: 'correct', item: id, by })
    expect(await settled(item, raw)).toMatchObject({
      id,
      version: 2,
      change: 'correction',
      headline: 'Acme opens two factories',
      body: { text: 'It opens two.' },
      lineage: [{ version: 1 }, { version: 2, via: by }],
    })
    expect(await settled(notice, raw)).toMatchObject({ status: 'canceled', corrects: id })
    await expect.poll(async () => (await shown(notice))?.value.status).toBe('canceled')
  })

  it('does not lift the embargo of the item, and does not name an item that nobody saw', async () => {
    const item = news({ embargoedUntil: '2099-01-01T00:00:00Z' })
    const notice = news({ body_text: 'It opens three.' })
    const { id } = await settled(item, await push(item))
    const { id: by } = await published(notice)
    const raw = await decide({ action: 'correct', item: id, by })
    expect((await settled(item, raw)).embargoUntil).toBe('2099-01-01T00:00:00.000Z')
    expect((await settled(notice, raw)).corrects).toBeUndefined()
    expect(JSON.stringify(await shown(notice))).not.toContain(id)
  })

  it('is refused where the item was withdrawn by a person', async () => {
    const [item, notice] = [news(), news({ body_text: 'It opens four.' })]
    const [{ id }, { id: by }] = [await published(item), await published(notice)]
    await settled(item, await decide({ action: 'withdraw', item: id, reason }))
    expect(await told(await decide({ action: 'correct', item: id, by }))).toMatch(
      'release it first',
    )
    expect((await newest(notice))?.value.status).toBe('usable')
  })

  it('sets the story of the version that stands, and removes it', async () => {
    const item = news()
    const { id } = await published(item)
    await told(await decide({ action: 'story', item: id, story: 'prn-1' }))
    expect(present(await newest(item)).value).toMatchObject({
      version: 1,
      story: 'prn-1',
      storyReasons: ['A person said so.'],
    })
    const next = await settled(item, await push({ ...item, body_text: 'Other.' }))
    expect(next).toMatchObject({ version: 2, story: 'prn-1' })
    await told(await decide({ action: 'story', item: id, story: null }))
    const { story, lineage } = present(await newest(item)).value
    expect(story).toBeUndefined()
    expect(lineage.at(-1)).toMatchObject({ version: 2, byPerson: true })
  })

  it('steps back where another person joins the same two the other way round', async () => {
    const [item, notice] = [news(), news()]
    const [{ id }, { id: by }] = [await published(item), await published(notice)]
    const aliases = await bus().register('aliases', aliasSchema)
    const at = '2026-07-14T10:00:00.000Z'
    await aliases.put(toToken(id), { id, item: by, reason: 'Any.', at })
    const raw = await decide({ action: 'correct', item: id, by })
    expect(await told(raw)).toMatch(/decide again/)
    expect(await aliases.get(toToken(by))).toBeUndefined()
    for (const each of [item, notice]) {
      expect((await newest(each))?.value).toMatchObject({ version: 1, status: 'usable' })
    }
  })

  it('leads no story in a circle, and every one to the item that told it first', async () => {
    const [first, second, third] = [news(), news(), news()]
    const [{ id }, of, from] = [
      await published(first),
      await published(second),
      await published(third),
    ]
    await told(await decide({ action: 'story', item: of.id, story: id }))
    await told(await decide({ action: 'story', item: from.id, story: of.id }))
    expect((await newest(third))?.value.story).toBe(id)
    expect(await told(await decide({ action: 'story', item: id, story: of.id }))).toBe(
      'the other item tells the story of this one',
    )
    expect((await newest(first))?.value.story).toBeUndefined()
  })
})
