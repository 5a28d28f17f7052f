import { handTagsSchema, toToken } from '@newswire/model'
import { taggedItem } from '@newswire/model/testing'
import { expect, test } from 'vitest'
import { keys, patience, useRoom, vocabulary } from '../fixtures/room.js'
import { asTagged } from '../gate/tagged.js'
import { createReviser } from '../hand/revise.js'
import type { Difference } from './difference.js'
import { retag } from './retag.js'

const { room, startTagger, normalized, newest, newestStored, tagged } = useRoom()

const text = 'Die Muster AG steigert in Chongqing ihren Umsatz. China bleibt ein wichtiger Markt.'
const silence = { toldAs: 0, toldBefore: 0, firstSequence: 0, place: 0 }
const told = { tell: 'nobody', apply: true } as const

function run(own: Partial<Parameters<typeof retag>[0]> = {}) {
  return retag({ bus: room().bus, vocabulary, ...told, ...own })
}

/** An item as an older vocabulary tagged it: without its regions, with one that is wrong. */
async function taggedBefore(own: Parameters<typeof taggedItem>[0] = {}) {
  await tagged(
    taggedItem({
      ...{ id: keys.id, wire: keys.wire, vocabulary: 'r0-old', language: 'de' },
      ...{ headline: 'Muster AG wächst', body: { html: '', text, complete: true } },
      tags: [
        {
          ...{ scheme: 'iso3166-1', code: 'JP', label: 'Japan', score: 1, primary: true },
          ...{ how: 'gazetteer', evidence: [], broader: ['030', '142', '001'] },
        },
      ],
      ...own,
    }),
  )
}

test('says what would change, and changes nothing', async () => {
  await taggedBefore()
  const differences: Difference[] = []
  const report = await run({ apply: false, onDifference: (each) => void differences.push(each) })
  expect(report).toMatchObject({ items: 1, changed: 1, unchanged: 0, applied: 0, missed: 0 })
  expect(differences).toHaveLength(1)
  expect(differences[0]?.gained).toContain('iso3166-1 CN')
  expect(differences[0]?.lost).toEqual(['iso3166-1 JP'])
  expect(await newest()).toMatchObject({ tagging: 1, vocabulary: 'r0-old' })
}, 30_000)

test('writes the next tagging of the same version, with the same text and time, told nobody', async () => {
  await taggedBefore()
  const before = await newest()
  expect(await run()).toMatchObject({ changed: 1, applied: 1 })
  const after = await newest()
  expect(after).toMatchObject({ version: 1, tagging: 2, announce: 'nobody' })
  expect(after?.vocabulary).toBe(vocabulary.version)
  expect(after?.tags.map(({ code }) => code)).toContain('CN')
  expect(after?.tags.map(({ code }) => code)).not.toContain('JP')
  expect(after?.toldAs?.tags.map(({ code }) => code)).toEqual(['JP'])
  expect(after?.place).toBe(after?.firstSequence)
  const other = { tags: 0, tagging: 0, vocabulary: 0, announce: 0, ...silence }
  expect({ ...after, ...other }).toEqual({ ...before, ...other })
}, 30_000)

test('a second run finds nothing to do', async () => {
  await taggedBefore()
  await run()
  expect(await run()).toMatchObject({ items: 1, changed: 0, reweighed: 0, unchanged: 1 })
  expect(await newest()).toMatchObject({ tagging: 2 })
}, 30_000)

test('what this vocabulary tagged stays as it is', async () => {
  await startTagger()
  await normalized({ body: { html: '', text, complete: true } })
  await expect.poll(() => newest(), patience).toBeDefined()
  expect(await run()).toMatchObject({ items: 1, unchanged: 1, applied: 0 })
}, 30_000)

test('the tags of people stay', async () => {
  await taggedBefore()
  const handTags = await room().bus.register('handTags', handTagsSchema)
  const [add, remove] = [
    [{ scheme: 'iso3166-2', code: 'DE-BY' }],
    [{ scheme: 'iso3166-1', code: 'CN' }],
  ]
  const at = '2026-03-01T00:00:00.000Z'
  const said = { item: keys.id, wire: keys.wire, add, remove, actor: 'key_anna', at }
  await handTags.put(toToken(keys.id), said)
  await run()
  const codes = (await newest())?.tags.map(({ code }) => code)
  expect(codes).toContain('DE-BY')
  expect(codes).not.toContain('CN')
}, 30_000)

test('a withdrawn item keeps the tags that the world last saw', async () => {
  await taggedBefore({ status: 'canceled' })
  expect(await run()).toMatchObject({ items: 0, applied: 0 })
  expect(await newest()).toMatchObject({ tagging: 1 })
}, 30_000)

test('a version that comes between is left to the next run', async () => {
  await taggedBefore()
  const { bus } = room()
  const latest: typeof bus.latest = async (name, of) => {
    const found = await bus.latest(name, of)
    if (name === 'item.normalized') await taggedBefore({ version: 2 })
    return found
  }
  const slow = Object.assign(Object.create(bus), { latest })
  expect(await run({ bus: slow })).toMatchObject({ missed: 1, applied: 0 })
  expect((await newestStored())?.value).toMatchObject({ version: 2, tagging: 1 })
}, 30_000)

test('who asks for it has everyone told, or those whom the tags bring it to', async () => {
  await taggedBefore()
  await run({ tell: 'everyone' })
  expect(await newest()).toMatchObject({ tagging: 2, announce: 'everyone' })
  await taggedBefore({ version: 2 })
  const first = (await newestStored())?.sequence
  await run({ tell: 'matches' })
  expect(await newest()).toMatchObject({ version: 2, tagging: 2, firstSequence: first })
  expect(await newest()).not.toHaveProperty('toldAs')
  expect(await newest()).not.toHaveProperty('announce')
}, 30_000)

test('a tag that a person gives while it runs stays', async () => {
  await taggedBefore()
  const { bus } = room()
  const handTags = await bus.register('handTags', handTagsSchema)
  const revise = createReviser({ bus, handTags, vocabulary })
  const add = [{ scheme: 'iso3166-2', code: 'DE-BY' }]
  const at = '2026-03-01T00:00:00.000Z'
  const said = { item: keys.id, wire: keys.wire, add, remove: [], actor: 'key_anna', at }
  let isSaid = false
  const latest: typeof bus.latest = async (name, of) => {
    if (!isSaid) {
      isSaid = true
      await handTags.put(toToken(keys.id), said)
      await revise(keys)
    }
    return bus.latest(name, of)
  }
  const slow = Object.assign(Object.create(bus), { latest })
  expect(await run({ bus: slow })).toMatchObject({ changed: 1, applied: 1, missed: 0 })
  expect(await newest()).toMatchObject({ tagging: 3 })
  expect((await newest())?.tags.map(({ code }) => code)).toContain('DE-BY')
}, 30_000)

test('nobody is told of tags that only weigh other', async () => {
  const { tags, language } = asTagged(
    taggedItem({ headline: 'Muster AG wächst', body: { html: '', text, complete: true } }),
    vocabulary,
  )
  await taggedBefore({ language, tags: tags.map((tag) => ({ ...tag, score: tag.score / 2 })) })
  expect(await run({ tell: 'everyone' })).toMatchObject({ changed: 0, reweighed: 1, applied: 1 })
  expect(await newest()).toMatchObject({ tagging: 2, announce: 'nobody' })
}, 30_000)

test('a failure stops all that is under way, and is told', async () => {
  for (let at = 0; at < 40; at += 1) await taggedBefore({ id: `na-${at}` })
  const { bus } = room()
  let reads = 0
  const latest: typeof bus.latest = async (name, of) => {
    if (name === 'item.tagged') reads += 1
    if (reads === 3) throw new Error('down')
    return bus.latest(name, of)
  }
  const broken = Object.assign(Object.create(bus), { latest })
  await expect(run({ bus: broken })).rejects.toThrow('down')
  const readsThen = reads
  await bus.ping()
  expect(reads).toBe(readsThen)
  expect(reads).toBeLessThan(40)
}, 30_000)

const codesOf = (tags: readonly { code: string }[] | undefined) => tags?.map(({ code }) => code)

test('who has matches told brings what is new, and nothing that was silent before', async () => {
  await taggedBefore()
  await run({ tell: 'nobody' })
  const shown = await newestStored()
  if (!shown) throw new Error('The item is not public.')
  const wrong = shown.value.tags.map((tag) => (tag.code === 'CN' ? { ...tag, code: 'FR' } : tag))
  const quiet = { ...shown.value, tagging: 3, tags: wrong }
  await tagged(quiet)
  await run({ tell: 'matches' })
  const after = await newest()
  expect(after?.tagging).toBe(4)
  expect(codesOf(after?.tags)).toContain('CN')
  expect(after).not.toHaveProperty('announce')
  // CN is new by this tagging; what the first silent one brought beside it is told to nobody.
  expect(codesOf(after?.toldAs?.tags)).toContain('CN')
  const silent = codesOf(after?.tags)?.filter((code) => code !== 'CN') ?? []
  expect(silent.length).toBeGreaterThan(0)
  for (const code of silent) expect(codesOf(after?.toldAs?.tags)).not.toContain(code)
}, 30_000)

test('who has everyone told makes up for what was silent', async () => {
  await taggedBefore()
  await run({ tell: 'nobody' })
  expect(await run({ tell: 'everyone' })).toMatchObject({ changed: 1, applied: 1 })
  expect(await newest()).toMatchObject({ tagging: 3, announce: 'everyone' })
  expect(await newest()).not.toHaveProperty('toldAs')
  expect(await run({ tell: 'everyone' })).toMatchObject({ changed: 0, applied: 0 })
}, 30_000)
