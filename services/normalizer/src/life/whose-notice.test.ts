import type { Notice } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { publishDecision } from '../fixtures/decisions.js'
import { correctionOf, disregardOf, entryOf, newNumber, prnId } from '../fixtures/entries.js'
import { news, useRoom } from '../fixtures/room.js'
import { maySpeakOf } from './named.js'

const { bus, store, push, send, standing, newest } = useRoom()

/** Handled, and in the read model. */
async function handled(raw: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const groups = await bus().groups()
        const items = (await bus().streams()).find(({ stream }) => stream === 'ITEMS')
        const isProjected = (await store().positions()).items === items?.lastSequence
        const own = groups.find(({ group }) => group === 'normalizer')
        return isProjected ? own?.acknowledged : 0
      },
      { timeout: 8_000 },
    )
    .toBeGreaterThanOrEqual(raw)
}

const isAlone = { version: 1, flags: expect.arrayContaining(['correction-unlinked']) }

/** A ninjs correction that names another item by its id. */
function correctionNaming(id: unknown, own: object = {}) {
  return news({
    signal: 'sig:correction',
    evolvedfrom: id,
    headline: `Acme corrects ${newNumber()}`,
    ...own,
  })
}

describe('a notice that names a release by its id', () => {
  it('corrects one of its own wire and issuer', async () => {
    const original = news()
    await handled(await push(original))
    const raw = await push(correctionNaming(original['uri']))
    await handled(raw)
    expect((await newest(original))?.value).toMatchObject({ version: 2, change: 'correction' })
  })

  it('touches none of another wire', async () => {
    const number = newNumber()
    const title = `Acme Opens Harbour ${number}`
    await handled(await send(entryOf({ number, title, issuer: 'Acme Inc.' })))
    const forged = correctionNaming(`urn:newswire:prn-${number}`)
    await handled(await push(forged))
    expect(await standing(prnId(number))).toMatchObject({ version: 1, headline: title })
    expect((await newest(forged))?.value).toMatchObject(isAlone)
  })

  it('touches none of another issuer', async () => {
    const original = news({ copyrightholder: 'Zebra Mills AG' })
    await handled(await push(original))
    const forged = correctionNaming(original['uri'])
    await handled(await push(forged))
    expect((await newest(original))?.value).toMatchObject({ version: 1 })
    expect((await newest(forged))?.value).toMatchObject(isAlone)
  })

  it('touches none of another issuer that comes in later', async () => {
    const original = news({ copyrightholder: 'Zebra Mills AG' })
    await handled(await push(correctionNaming(original['uri'])))
    await handled(await push(original))
    expect((await newest(original))?.value).toMatchObject({ version: 1, change: 'new' })
  })

  it('stands alone where it names itself, or what was joined to it', async () => {
    const original = news()
    const itself = correctionNaming(original['uri'], { uri: original['uri'] })
    await handled(await push(itself))
    expect((await newest(original))?.value).toMatchObject({ version: 1 })
  })
})

describe('a request to disregard', () => {
  it('takes back no release of another issuer or another wire', async () => {
    const number = newNumber()
    const title = `Zebra Ferries Sails to Hull With ${number} Barges`
    await handled(await send(entryOf({ number, title, issuer: 'Zebra Ferries Ltd' })))
    const forged = (issuer: string, own: object) =>
      entryOf({
        title: `/DISREGARD RELEASE: ${issuer}/`,
        issuer,
        text: disregardOf(title, issuer),
        ...own,
      })
    await send(forged('Quince Looms Inc.', {}))
    const guid = `urn:forged:${newNumber()}`
    const link = `https://quince.example/${newNumber()}`
    await handled(await send(forged('Zebra Ferries Ltd', { wire: 'quince', guid, link })))
    expect(await standing(prnId(number))).toMatchObject({ version: 1, status: 'usable' })
  })
})

it('goes to the item that a person joined the named one to', async () => {
  const issuer = 'Circle Mills Inc.'
  const [first, second] = [newNumber(), newNumber()]
  const title = `${issuer} Opens a Round Harbour for Forty Barges`
  await handled(await send(entryOf({ number: first, title, issuer })))
  const other = `${issuer} Has a Round Harbour at Last and Says So`
  await handled(await send(entryOf({ number: second, title: other, issuer })))
  const joined = { action: 'correct', item: `prn-${first}`, by: `prn-${second}` } as const
  await handled(await publishDecision(bus(), joined))
  expect(await standing(prnId(first))).toMatchObject({ version: 2, headline: other })
  const text = correctionOf(other, issuer)
  const notice = { title: `/C O R R E C T I O N -- ${issuer}/`, issuer, text }
  await handled(await send(entryOf(notice)))
  expect(await standing(prnId(first))).toMatchObject({ version: 3, change: 'correction' })
})

it.each<[string, Partial<Notice>, string, string, boolean]>([
  ['its own', {}, 'Acme Inc.', 'Acme', true],
  ['the one that it names', { issuer: 'Zebra' }, '', 'Zebra AG', true],
  ['anyone where it does not say whose it is', {}, '', 'Zebra AG', true],
  ['nobody else', {}, 'Acme Inc.', 'Zebra AG', false],
])('a notice speaks of %s', (_, notice, name, of, may) => {
  expect(maySpeakOf({ notice, issuer: { name } }, of)).toBe(may)
})
