import { describe, expect, it } from 'vitest'
import { entryOf, newNumber, prnId, type Release, textOf } from '../fixtures/entries.js'
import { present, useRoom } from '../fixtures/room.js'

const { bus, send, standing } = useRoom()

const text = 'The harbour has 12 berths, a crane and room for forty barges, the company said today.'
const title = 'Acme Ferries Opens a Harbour in Lyon With Room for Barges'

/** Sends entries one after the other; gives what stands then. */
async function standsAfter(...entries: readonly Partial<Release>[]) {
  const number = newNumber()
  for (const entry of entries) {
    await handled(await send(entryOf({ title, text, ...entry, number })))
  }
  return present(await standing(prnId(number)))
}

async function handled(raw: number): Promise<void> {
  await expect
    .poll(async () => {
      const groups = await bus().groups()
      return groups.find(({ group }) => group === 'normalizer')?.acknowledged
    })
    .toBeGreaterThanOrEqual(raw)
}

const other = { source: 'prn-uk' }

describe('the same teaser through another feed is no version', () => {
  it.each<[string, Partial<Release>]>([
    ['cut earlier', { text: `${text.slice(0, 50)}...` }],
    ['cut earlier within a word', { text: `${text.slice(0, 48)}…` }],
    ['cut earlier without a sign', { text: text.slice(0, text.indexOf(', the company')) }],
    ['left out', { text: '' }],
    ['without its dateline’s line', { text: text.slice(text.indexOf('a crane')) }],
    ['as HTML', { text: `<p>${text.replace('harbour', '<b>harbour</b>')}</p>` }],
    ['in other quotation marks and white space', { text: text.replace(', a', ' ,  a') }],
    ['with a photo', { title: `${title} (FOTO)` }],
    ['with entities in its title', { title: title.replaceAll(' ', ' &#x20;') }],
    ['with its title cut', { title: `${title.slice(0, 40)}...` }],
  ])('%s', async (_, own) => {
    expect(await standsAfter({}, { ...own, ...other })).toMatchObject({ version: 1 })
  })

  it('cut by a feed that dates it later', async () => {
    const [first, later] = ['2026-07-14T09:00:00Z', '2026-07-14T09:30:00Z']
    const cut = { text: `${text.slice(0, 50)}...`, updated: later, ...other }
    expect(await standsAfter({ updated: first }, cut)).toMatchObject({ version: 1 })
    const shortened = { text: text.slice(0, text.indexOf(', the company')), updated: later }
    const item = await standsAfter({ updated: first }, { ...shortened, ...other })
    expect(item).toMatchObject({ version: 2 })
  })

  it('however often five of them take turns', async () => {
    const feeds = [60, 70, 55, 65, 50].map((chars, at) => ({
      source: `prn-${at}`,
      text: `${text.slice(0, chars)}...`,
    }))
    const round = (published: string) => feeds.map((feed) => ({ ...feed, published }))
    const item = await standsAfter(
      ...round('Tue, 14 Jul 2026 09:00:00 +0000'),
      ...round('Tue, 14 Jul 2026 09:00:01 +0000'),
      ...round('Tue, 14 Jul 2026 09:00:02 +0000'),
    )
    // The longest is worth a version, once.
    expect(item).toMatchObject({ version: 2, body: { text: `${text.slice(0, 70)}...` } })
  })
})

describe('an edit is a version', () => {
  it.each<[string, Partial<Release>]>([
    ['another number', { text: text.replace('12', '13'), ...other }],
    ['the sign of a number', { text: text.replace('12', '-12'), ...other }],
    ['a longer teaser', { text: `${text} It opens in May.`, ...other }],
    ['another title', { title: title.replace('Lyon', 'Lille'), ...other }],
    ['a sentence that its own source took out', { text: text.slice(0, 60) }],
    ['a comma that its own source set', { text: text.replace(' and room', ', and room') }],
  ])('%s', async (_, own) => {
    expect(await standsAfter({}, own)).toMatchObject({ version: 2, change: 'update' })
  })
})

describe('what was edited or corrected', () => {
  const edited = { text: text.replace('12', '13') }
  const corrected = { title: `CORRECTION -- ${title}`, text: text.replace('12', '14') }

  it.each<[string, Partial<Release>, Partial<Release>]>([
    ['a shorter copy of the text before an edit', edited, { text: `${text.slice(0, 60)}...` }],
    ['a longer copy of it', edited, { text: `${text} It opens in May ...` }],
    ['a copy of the original of a correction', corrected, { text: `${text.slice(0, 60)}...` }],
  ])('is not undone by %s from a slower feed', async (_, second, late) => {
    const item = await standsAfter({}, second, { ...late, ...other })
    expect(item).toMatchObject({ version: 2, body: { text: second.text } })
  })

  it('is not undone by the full text of the original of a correction', async () => {
    const number = newNumber()
    const link = `https://www.prnewswire.com/news-releases/x-${number}.html`
    const whole = (body: string, source: string, head = title) =>
      textOf(
        [head, `LYON, July 14, 2026 /PRNewswire/ -- ${body} It opens in May.`, `${view}${link}`],
        { source },
      )
    const view = 'View original content: '
    await handled(await send(entryOf({ title, text: `${text}..`, number })))
    await handled(await send(whole(corrected.text, 'push', corrected.title)))
    await handled(await send(whole(text, 'drop')))
    const item = present(await standing(prnId(number)))
    expect(item).toMatchObject({ version: 2, change: 'correction', body: { complete: true } })
    await handled(await send(whole(text.replace('12', '15'), 'drop')))
    expect(await standing(prnId(number))).toMatchObject({ version: 3 })
  })

  it('is edited again by the feed that edited it', async () => {
    const again = { text: `${text} It opens in June.`, ...other }
    const item = await standsAfter({}, { ...edited, ...other }, again)
    expect(item).toMatchObject({ version: 3, body: { text: again.text } })
  })
})
