import { itemIdOf } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { entryOf, newNumber, prnId, type Release, textOf } from '../fixtures/entries.js'
import { ots, prn } from '../fixtures/releases.js'
import { present, useRoom } from '../fixtures/room.js'
import { stableGuid } from './identify.js'

const { bus, store, send, standing, connect, start } = useRoom()

let count = 0

/** An entry of a feed whose wire numbers nothing. */
function entry(own: Partial<Release>): Release {
  count += 1
  return {
    wire: 'acme',
    source: 'acme-feed',
    title: `Acme opens mill number ${count} on the river`,
    text: 'Acme has opened a mill.',
    link: `https://acme.example/news/${count}`,
    ...own,
  }
}

const keysOf = (guid: string) => ({ wire: 'acme', id: itemIdOf('acme', stableGuid(guid)) })

async function versionOf(keys: { wire: string; id: string }, version: number) {
  await expect.poll(async () => (await standing(keys))?.version, { timeout: 8_000 }).toBe(version)
  return present(await standing(keys))
}

/** Everything that was sent has become what it becomes. */
async function handled(raw: number): Promise<void> {
  await expect
    .poll(async () => {
      const groups = await bus().groups()
      return groups.find(({ group }) => group === 'normalizer')?.acknowledged
    })
    .toBeGreaterThanOrEqual(raw)
}

/** The read model holds every item. */
async function projected(): Promise<void> {
  await expect
    .poll(async () => {
      const items = (await bus().streams()).find(({ stream }) => stream === 'ITEMS')
      return (await store().positions()).items === items?.lastSequence
    })
    .toBe(true)
}

describe('one entry is one item', () => {
  it('though its scheme, its host’s www and its tracking parameters change', async () => {
    const release = entry({})
    const link = present(release.link)
    await send(entryOf(release))
    await versionOf(keysOf(link), 1)
    const flipped = link.replace('https://', 'http://www.').concat('/?utm_source=x')
    await send(entryOf({ ...release, link: flipped, guid: flipped, text: 'Two mills.' }))
    expect(await versionOf(keysOf(link), 2)).toMatchObject({ change: 'update' })
  })

  it('though its guid and its page are new each time that the feed is fetched', async () => {
    const release = entry({})
    await send(entryOf(release))
    await versionOf(keysOf(present(release.link)), 1)
    await projected()
    const again = { link: `${release.link}?session=2`, guid: 'urn:session:2' }
    await handled(await send(entryOf({ ...release, ...again })))
    expect(await standing(keysOf('urn:session:2'))).toBeUndefined()
    await send(entryOf({ ...release, guid: 'urn:session:3', text: 'Three mills.' }))
    await versionOf(keysOf(present(release.link)), 2)
  })

  it('and another entry with its title on another day is another item', async () => {
    const release = entry({ guid: `urn:day:${newNumber()}` })
    await send(entryOf(release))
    await versionOf(keysOf(present(release.guid)), 1)
    await projected()
    const guid = `urn:day:${newNumber()}`
    const published = 'Mon, 13 Jul 2026 09:00:00 +0000'
    await send(entryOf({ ...release, guid, published, text: 'Of yesterday.' }))
    await versionOf(keysOf(guid), 1)
  })
})

describe('two entries under one guid', () => {
  it.each([
    ['the first', [0, 1]],
    ['the second', [1, 0]],
  ])('are two items where pages and titles are others, with %s first', async (_, order) => {
    const guid = `urn:twice:${newNumber()}`
    const entries = [
      entry({ guid, title: `Acme opens mill in Lyon ${guid}` }),
      entry({ guid, title: `Forty barges sail to Hull ${newNumber()}` }),
    ]
    for (const at of order) await handled(await send(entryOf(present(entries[at]))))
    const later = present(entries[present(order[1])])
    expect(await versionOf(keysOf(guid), 1)).toMatchObject({
      headline: present(entries[present(order[0])]).title,
    })
    const ofPage = keysOf(present(later.link))
    expect(await versionOf(ofPage, 1)).toMatchObject({ headline: later.title })
    await send(entryOf({ ...later, text: 'An edit.' }))
    expect(await versionOf(ofPage, 2)).toMatchObject({ body: { text: 'An edit.' } })
    expect((await standing(keysOf(guid)))?.version).toBe(1)
  })
})

describe('one release over two wires', () => {
  const issuer = 'Acme Mühlen AG'
  const told = (revenue: string, english: string, number: string, own: number) => ({
    de: textOf(
      [
        ots({
          issuer,
          place: 'Linz',
          title: `Acme Mühlen steigert Umsatz auf ${revenue} Mio. Euro`,
          body: `Der Umsatz wuchs auf ${revenue} Millionen Euro, sagte Petra Lindqvist, und das Ergebnis auf 98,${own} Millionen.`,
        }).text,
      ],
      { wire: 'na' },
    ),
    en: textOf([
      prn({
        issuer,
        place: 'Linz',
        title: `Acme Muehlen Grows Sales to EUR ${english} Million`,
        body: `Sales grew to EUR ${english} million, said Petra Lindqvist, and earnings to EUR 98.${own} million.`,
      }).text,
      `View original content: https://www.prnewswire.com/news-releases/x-${number}.html`,
    ]),
  })

  it('is one story, and later versions stay in it', async () => {
    const number = newNumber()
    const { de, en } = told('1.234,5', '1,234.5', number, 7)
    const raw = await send(de)
    await expect.poll(() => store().versionOfRaw(raw)).toBeDefined()
    const first = present(await store().versionOfRaw(raw))
    await send(en)
    const item = await versionOf(prnId(number), 1)
    expect(item.story).toBe(first.id)
    expect(item.storyReasons).toContain('They have one issuer.')
    await send({ ...en, body: en.body.replace('grew', 'rose') })
    expect(await versionOf(prnId(number), 2)).toMatchObject({ story: first.id })
  })

  it('is told by the full text where the teaser said too little', async () => {
    const number = newNumber()
    const { de, en } = told('2.345,6', '2,345.6', number, 6)
    const raw = await send(de)
    await expect.poll(() => store().versionOfRaw(raw)).toBeDefined()
    const first = present(await store().versionOfRaw(raw))
    await send(entryOf({ number, title: 'Acme Muehlen Grows', issuer, text: 'It grew ...' }))
    expect((await versionOf(prnId(number), 1)).story).toBeUndefined()
    await send(en)
    expect(await versionOf(prnId(number), 2)).toMatchObject({ story: first.id })
  })

  it('is no story while the first is held: its id must not get out', async () => {
    const number = newNumber()
    const { de, en } = told('3.456,7', '3,456.7', number, 5)
    const raw = await send({ ...de, body: `Sperrfrist: 01.01.2099, 10:00 Uhr\n\n${de.body}` })
    await expect.poll(() => store().versionOfRaw(raw)).toBeDefined()
    await send(en)
    expect((await versionOf(prnId(number), 1)).story).toBeUndefined()
  })
})

it('comes to the same end with a second process beside', async () => {
  const other = await connect('other')
  const worker = await start(other)
  try {
    const releases = Array.from({ length: 30 }, () => entry({}))
    await Promise.all(releases.flatMap((release) => [entryOf(release), entryOf(release)]).map(send))
    for (const release of releases) await versionOf(keysOf(present(release.link)), 1)
  } finally {
    await worker.stop()
    await other.close()
  }
})
