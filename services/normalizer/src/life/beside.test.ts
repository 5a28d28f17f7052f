import { describe, expect, it } from 'vitest'
import { correctionOf, disregardOf, entryOf, newNumber, prnId } from '../fixtures/entries.js'
import { coming, present, useRoom } from '../fixtures/room.js'
import { normalise } from '../normalise.js'
import { advance } from './advance.js'
import type { LifeParts } from './resolve.js'

const { bus, store, parts, send, standing, show } = useRoom()
let rawSequence = 930_000

/** Parts whose index of kin shows nothing until something stands under these keys. */
function blindUntil(keys: { wire: string; id: string }): LifeParts {
  const seeing = store()
  const kin: LifeParts['store']['kin'] = async (query) =>
    (await standing(keys)) === undefined ? [] : await seeing.kin(query)
  return parts({ store: { ...seeing, kin } })
}

async function beside(textOfNotice: typeof correctionOf, mark: string) {
  const [number, own] = [newNumber(), newNumber()]
  const issuer = `Acme Looms No${number} Inc.`
  const title = `${issuer} Opens a Harbour in Lyon With Room for Barges`
  await send(entryOf({ number, title, issuer }))
  await expect.poll(async () => (await standing(prnId(number)))?.version).toBe(1)
  await show(present(await standing(prnId(number))))
  const text = textOfNotice(title, issuer)
  const notice = entryOf({ number: own, title: `/${mark} ${issuer}/`, issuer, text })
  rawSequence += 1
  const came = coming(normalise(notice), rawSequence)
  const advanced = await advance(blindUntil(prnId(own)), came)
  return { number, own, came, advanced }
}

const openIds = async () => (await store().openMatters({ limit: 500 })).map(({ id }) => id)

describe('a notice that stands before its release beside it can be seen', () => {
  it('goes to it: a correction', async () => {
    const { number, own, advanced } = await beside(correctionOf, 'C O R R E C T I O N --')
    expect(advanced).toMatchObject({ id: `prn-${number}`, outcome: { outcome: 'version' } })
    expect(await standing(prnId(number))).toMatchObject({
      ...{ version: 2, change: 'correction', status: 'usable' },
      flags: expect.not.arrayContaining(['correction-unlinked']),
      lineage: [{}, { via: `prn-${own}`, rawSequence }],
    })
    expect(await standing(prnId(own))).toMatchObject({
      ...{ version: 2, status: 'canceled', change: 'withdrawal', corrects: `prn-${number}` },
      ...{ body: { html: '', text: '' }, flags: [] },
    })
    await expect.poll(openIds).not.toContain(`prn-${own}`)
  })

  it('goes to it: a withdrawal', async () => {
    const { number, own } = await beside(disregardOf, 'DISREGARD RELEASE:')
    expect(await standing(prnId(number))).toMatchObject({ version: 2, status: 'canceled' })
    expect((await bus().latest('item.tagged', prnId(number)))?.value.status).toBe('canceled')
    expect(await standing(prnId(own))).toMatchObject({ version: 2, status: 'canceled' })
  })

  it('goes to it once, however often it is delivered', async () => {
    const { number, own, came } = await beside(correctionOf, 'C O R R E C T I O N --')
    const again = await advance(parts(), { ...came, deliveries: 2 })
    expect(again).toMatchObject({ id: `prn-${number}`, outcome: { outcome: 'repeated' } })
    expect((await standing(prnId(number)))?.version).toBe(2)
    expect((await standing(prnId(own)))?.version).toBe(2)
  })

  it('goes also where the process died when it had found it', async () => {
    const { number, own, came } = await beside(correctionOf, 'C O R R E C T I O N --')
    const stopped = newNumber()
    const alone = { ...came.draft, id: `prn-${stopped}` }
    const blind = blindUntil(prnId('none'))
    rawSequence += 1
    await advance(blind, { ...came, draft: alone, rawSequence })
    expect((await standing(prnId(stopped)))?.flags).toContain('correction-unlinked')
    const at = '2026-07-14T10:00:00.000Z'
    await blind.aliases.join({ id: alone.id, item: `prn-${number}`, reason: 'Any.', at })
    await advance(parts(), { ...came, draft: alone, rawSequence, deliveries: 2 })
    expect((await standing(prnId(stopped)))?.status).toBe('canceled')
    expect((await standing(prnId(own)))?.version).toBe(2)
  })
})
