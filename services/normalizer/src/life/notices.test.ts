import { execFileSync } from 'node:child_process'
import type { NormalizedItem } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import {
  correctionOf,
  disregardOf,
  entryOf,
  newNumber,
  prnId,
  type Release,
  textOf,
} from '../fixtures/entries.js'
import { present, useRoom } from '../fixtures/room.js'

const { bus, store, redis, lines, send, standing, show, receipt } = useRoom()

let count = 0
/** An issuer that nothing else in this file has. */
function newIssuer(): string {
  count += 1
  return `Acme ${['Mills', 'Ovens', 'Ferries', 'Looms'][count % 4]} No${count} Inc.`
}

interface Pair {
  issuer: string
  title: string
  original: Release & { number: string }
  correction: Release & { number: string }
  withdrawal: Release & { number: string }
}

function newPair(): Pair {
  const issuer = newIssuer()
  const title = `${issuer} Opens a Harbour in Lyon With Room for Barges`
  return {
    issuer,
    title,
    original: { number: newNumber(), title, issuer, text: 'The harbour has 12 berths.' },
    correction: {
      number: newNumber(),
      title: `/C O R R E C T I O N -- ${issuer}/`,
      issuer,
      text: correctionOf(title, issuer),
    },
    withdrawal: {
      number: newNumber(),
      title: `/DISREGARD RELEASE: ${issuer}/`,
      issuer,
      text: disregardOf(title, issuer),
    },
  }
}

async function versionOf(number: string, version: number) {
  const keys = prnId(number)
  await expect.poll(async () => (await standing(keys))?.version, { timeout: 8_000 }).toBe(version)
  return present(await standing(keys))
}

/** `correction` where the corrected text stands and waits for nobody. */
const endOf = (item: NormalizedItem | undefined) =>
  item?.headline.startsWith('/C O R R E C T') && !item.flags.includes('correction-unlinked')
    ? 'correction'
    : item?.flags

const openIds = async () => (await store().openMatters({ limit: 500 })).map(({ id }) => id)

describe('a correction that comes in as an item of its own', () => {
  it('is the next version of the item that it names', async () => {
    const { original, correction } = newPair()
    await versionOf(original.number, (await send(entryOf(original))) && 1)
    const raw = await send(entryOf(correction))
    const item = await versionOf(original.number, 2)
    expect(item).toMatchObject({
      uri: `urn:newswire:prn-${original.number}`,
      change: 'correction',
      status: 'usable',
      lineage: [{ version: 1 }, { version: 2, via: `prn-${correction.number}`, rawSequence: raw }],
    })
    expect(item.notice).toBeUndefined()
    expect(await standing(prnId(correction.number))).toBeUndefined()
    const told = { id: `prn-${original.number}`, version: 2 }
    await expect.poll(() => store().versionOfRaw(raw)).toEqual(told)
  })

  it('brings its full text and its edits to the same item', async () => {
    const { original, correction, issuer, title } = newPair()
    await send(entryOf(original))
    await send(entryOf(correction))
    await versionOf(original.number, 2)
    await send(
      textOf([
        `/C O R R E C T I O N -- ${issuer}/`,
        correctionOf(title, issuer),
        title.replace('Lyon', 'Lille'),
        `LILLE, France, July 14, 2026 /PRNewswire/ -- ${issuer} has opened a harbour in Lille.`,
        `View original content: https://www.prnewswire.com/news-releases/x-${correction.number}.html`,
      ]),
    )
    expect(await versionOf(original.number, 3)).toMatchObject({
      headline: title.replace('Lyon', 'Lille'),
      change: 'correction',
      body: { complete: true },
    })
    await send(entryOf({ ...correction, text: 'An unmarked edit.', title: 'Any Title at All' }))
    await expect.poll(() => standing(prnId(correction.number))).toBeUndefined()
  })

  it('is not undone by the original that comes again from a slow feed or in full', async () => {
    const { original, correction } = newPair()
    await send(entryOf(original))
    await send(entryOf(correction))
    await versionOf(original.number, 2)
    const link = `https://www.prnewswire.com/news-releases/x-${original.number}.html`
    const late = await send(
      textOf([
        original.title,
        `LYON, July 14, 2026 /PRNewswire/ -- ${original.issuer} has opened a harbour of 12 berths.`,
        `View original content: ${link}`,
      ]),
    )
    await expect
      .poll(async () => (await receipt(late))?.value)
      .toMatchObject({
        state: 'superseded',
        reason: 'a correction never loses to its original',
      })
    expect((await standing(prnId(original.number)))?.version).toBe(2)
  })

  it('finds its original beside it in one poll, whichever is first and however many there are', async () => {
    const pairs = Array.from({ length: 40 }, newPair)
    const sent = pairs.flatMap(({ original, correction }, at) =>
      at % 2 === 0 ? [original, correction] : [correction, original],
    )
    await Promise.all(sent.map((release) => send(entryOf(release))))
    // An original that comes in behind its notice may also be left to it.
    for (const { original, correction } of pairs) {
      const both = async () =>
        Promise.all([original, correction].map(({ number }) => standing(prnId(number))))
      await expect
        .poll(async () => (await both()).map(endOf), { timeout: 30_000 })
        .toContain('correction')
      const alone = (await both()).filter((item) => item !== undefined)
      expect(alone).toHaveLength(1)
    }
    const ids = await openIds()
    expect(pairs.filter(({ correction }) => ids.includes(`prn-${correction.number}`))).toEqual([])
  }, 60_000)

  it('finds its original after Redis was emptied', async () => {
    const { original, correction } = newPair()
    await send(entryOf(original))
    await versionOf(original.number, 1)
    execFileSync('redis-cli', ['-p', String(redis().port), 'FLUSHALL'])
    await send(entryOf(correction))
    await versionOf(original.number, 2)
  })

  it('stays an item of its own where nothing is clearly what it names', async () => {
    const issuer = newIssuer()
    const titles = ['12', '13', '14'].map((week) => `${issuer} Weekly Harbour Report ${week}`)
    for (const title of titles) await send(entryOf({ title, issuer }))
    const number = newNumber()
    const named = correctionOf(`${issuer} Weekly Harbour Report 11`, issuer)
    await send(
      entryOf({ number, issuer, title: `/C O R R E C T I O N -- ${issuer}/`, text: named }),
    )
    expect(await versionOf(number, 1)).toMatchObject({
      change: 'new',
      flags: expect.arrayContaining(['correction-unlinked']),
      notice: { kind: 'correction', title: `${issuer} Weekly Harbour Report 11` },
    })
    await expect.poll(openIds).toContain(`prn-${number}`)
  })

  it('chooses the named one of a series', async () => {
    const issuer = newIssuer()
    const series = ['12', '13', '14'].map((week) => ({
      number: newNumber(),
      issuer,
      title: `${issuer} Weekly Harbour Report ${week}`,
    }))
    for (const release of series) await send(entryOf(release))
    const text = correctionOf(`${issuer} Weekly Harbour Report 13`, issuer)
    await send(entryOf({ issuer, title: `/C O R R E C T I O N -- ${issuer}/`, text }))
    await versionOf(present(series[1]).number, 2)
    expect((await standing(prnId(present(series[0]).number)))?.version).toBe(1)
  })

  it('keeps an embargo that it says nothing of, and leaves no id in the log', async () => {
    const { issuer, title, correction } = newPair()
    const number = newNumber()
    const link = `https://www.prnewswire.com/news-releases/x-${number}.html`
    await send(
      textOf([
        'EMBARGOED UNTIL: 2099-01-01T10:00:00Z',
        title,
        `LYON, July 14, 2026 /PRNewswire/ -- ${issuer} has opened a harbour.`,
        `View original content: ${link}`,
      ]),
    )
    const held = await versionOf(number, 1)
    await send(entryOf(correction))
    expect((await versionOf(number, 2)).embargoUntil).toBe(present(held.embargoUntil))
    const logged = JSON.stringify(lines)
    expect(logged).not.toContain(number)
    expect(logged).not.toContain(correction.number)
  })
})

describe('a request to disregard a release', () => {
  it('withdraws the item that it names, outside as well', async () => {
    const { original, withdrawal } = newPair()
    await send(entryOf(original))
    const first = await versionOf(original.number, 1)
    await show(first)
    await send(entryOf(withdrawal))
    expect(await versionOf(original.number, 2)).toMatchObject({
      change: 'withdrawal',
      status: 'canceled',
      headline: original.title,
      lineage: [{}, { withdrawn: true, via: `prn-${withdrawal.number}` }],
    })
    await expect
      .poll(async () => (await bus().latest('item.tagged', first))?.value.status)
      .toBe('canceled')
  })

  it('wins over a correction, whichever is handled first', async () => {
    const { original, withdrawal, correction } = newPair()
    await send(entryOf(original))
    await versionOf(original.number, 1)
    const sent = [withdrawal, correction].map((release) => send(entryOf(release)))
    await Promise.all(sent)
    await expect.poll(async () => (await standing(prnId(original.number)))?.status).toBe('canceled')
  })

  it('is shown to a person where it names nothing', async () => {
    const { withdrawal } = newPair()
    await send(entryOf(withdrawal))
    const item = await versionOf(withdrawal.number, 1)
    expect(item).toMatchObject({ status: 'usable', notice: { kind: 'withdrawal' } })
    await expect.poll(openIds).toContain(item.id)
  })
})

describe('an original that comes in after its notice', () => {
  it('is kept as a receipt behind its correction, which no longer waits for a person', async () => {
    const { original, correction } = newPair()
    await send(entryOf(correction))
    await versionOf(correction.number, 1)
    await expect.poll(openIds).toContain(`prn-${correction.number}`)
    const raw = await send({ ...entryOf(original), door: 'push' })
    await expect
      .poll(async () => (await receipt(raw))?.value)
      .toMatchObject({
        state: 'superseded',
        id: `prn-${correction.number}`,
      })
    await expect.poll(openIds).not.toContain(`prn-${correction.number}`)
    expect(await standing(prnId(correction.number))).toMatchObject({ version: 1, flags: [] })
    const again = await send({ ...entryOf({ ...original, text: 'An edit.' }), door: 'push' })
    await expect.poll(async () => (await receipt(again))?.value.state).toBe('superseded')
    expect(await standing(prnId(original.number))).toBeUndefined()
  })

  it('is withdrawn from the beginning where it was to be disregarded', async () => {
    const { original, withdrawal } = newPair()
    await send(entryOf(withdrawal))
    await versionOf(withdrawal.number, 1)
    await expect.poll(openIds).toContain(`prn-${withdrawal.number}`)
    await send(entryOf(original))
    const item = await versionOf(original.number, 1)
    expect(item).toMatchObject({ status: 'canceled', body: { text: '' } })
    await expect.poll(openIds).not.toContain(`prn-${withdrawal.number}`)
  })

  it('is superseded also where it has the id of its notice', async () => {
    const { original, correction } = newPair()
    await send(entryOf({ ...correction, number: original.number }))
    await versionOf(original.number, 1)
    const raw = await send({ ...entryOf(original), door: 'push' })
    await expect.poll(async () => (await receipt(raw))?.value.state).toBe('superseded')
  })

  it('is published where it is only the next of a series', async () => {
    const { original, correction } = newPair()
    await send(entryOf(correction))
    await versionOf(correction.number, 1)
    await expect.poll(openIds).toContain(`prn-${correction.number}`)
    const next = entryOf({ ...original, published: 'Tue, 21 Jul 2026 09:00:00 +0000' })
    await send({ ...next, received: '2026-07-21T10:00:00.000Z' })
    expect(await versionOf(original.number, 1)).toMatchObject({ status: 'usable', change: 'new' })
  })
})

describe('a notice under the id of its release', () => {
  it('needs no search', async () => {
    const { original, correction } = newPair()
    await send(entryOf(original))
    await versionOf(original.number, 1)
    await send(entryOf({ ...correction, number: original.number }))
    const item = await versionOf(original.number, 2)
    expect(item).toMatchObject({ change: 'correction', flags: [] })
  })
})
