import type { Bus } from '@newswire/bus'
import { describe, expect, it } from 'vitest'
import { correctionOf, disregardOf, entryOf, newNumber, prnId } from '../fixtures/entries.js'
import { coming, present, useRoom } from '../fixtures/room.js'
import { normalise } from '../normalise.js'
import { advance } from './advance.js'
import type { Aliases } from './aliases.js'
import type { Barrier } from './barrier.js'

const { bus, parts, send, standing, show, store } = useRoom()

/** Beyond everything in the stream: nothing that came in before is waited for. */
let rawSequence = 0
/** Nothing else is on its way. */
const noBarrier: Barrier = {
  enter: () => () => {},
  before: async () => true,
  linger: async () => undefined,
}

const issuer = (name: string) => `${name} Replays Inc.`
const titleOf = (name: string) => `${issuer(name)} Opens a Harbour in Lyon With Room for Barges`

async function original(name: string) {
  const number = newNumber()
  await send(entryOf({ number, title: titleOf(name), issuer: issuer(name) }))
  await expect.poll(async () => (await standing(prnId(number)))?.version).toBe(1)
  const item = present(await standing(prnId(number)))
  await show(item)
  await expect.poll(() => store().itemState(item.id)).toBeDefined()
  return item
}

function noticeOf(name: string, kind: 'correction' | 'withdrawal') {
  const text = kind === 'correction' ? correctionOf : disregardOf
  const mark = kind === 'correction' ? '/C O R R E C T I O N -- ' : '/DISREGARD RELEASE: '
  rawSequence += 1
  const title = `${mark}${issuer(name)}/`
  const own = { title, issuer: issuer(name), text: text(titleOf(name), issuer(name)) }
  const barrier = noBarrier
  return { came: coming(normalise(entryOf(own)), 800_000 + rawSequence), barrier }
}

/** A process that dies before its n-th write. */
function dying(at: number): { bus: Bus; aliases: (given: Aliases) => Aliases } {
  let writes = 0
  const step = <T>(write: () => Promise<T>): Promise<T> => {
    writes += 1
    return writes >= at ? Promise.reject(new Error('died')) : write()
  }
  return {
    bus: { ...bus(), publish: (name, ...rest) => step(() => bus().publish(name, ...rest)) },
    aliases: (given) => ({ ...given, join: (alias) => step(() => given.join(alias)) }),
  }
}

describe.each(['correction', 'withdrawal'] as const)('a %s', (kind) => {
  it.each([1, 2, 3])(
    'that dies before its write number %i is ended by the next try',
    async (at) => {
      const name = `Acme${kind}${at}`
      const item = await original(name)
      const { came, barrier } = noticeOf(name, kind)
      const process = dying(at)
      const first = { ...parts({ bus: process.bus, barrier }) }
      const dies = advance({ ...first, aliases: process.aliases(first.aliases) }, came)
      const writes = kind === 'correction' ? 2 : 3
      if (at <= writes) await expect(dies).rejects.toThrow('died')
      else await dies
      for (let again = 0; again < 2; again += 1) await advance(parts({ barrier }), came)
      const end = present(await standing(item))
      expect(end).toMatchObject({ version: 2, change: kind })
      expect(end.lineage.map(({ via }) => via)).toEqual([undefined, came.draft.id])
      expect(await standing(came.draft)).toBeUndefined()
      const shown = await bus().latest('item.tagged', item)
      expect(shown?.value.status).toBe(kind === 'correction' ? 'usable' : 'canceled')
    },
  )
})

it('a notice that was published alone is not moved by a later try', async () => {
  const { came, barrier } = noticeOf('Nobody', 'correction')
  const { outcome } = await advance(parts({ barrier }), came)
  expect(outcome).toMatchObject({ outcome: 'version' })
  const again = { ...came, rawSequence: came.rawSequence + 1_000 }
  expect((await advance(parts({ barrier }), again)).outcome).toMatchObject({ outcome: 'unchanged' })
  expect((await standing(came.draft))?.version).toBe(1)
})

it('a second withdrawal of a later date is remembered, and a text between the two stays away', async () => {
  const at = (hour: number) => `2026-07-14T0${hour}:00:00.000Z`
  const item = await original('Twice')
  const draft = normalise(entryOf({ title: titleOf('Twice') }))
  const barrier = noBarrier
  const withdrawal = { ...draft, id: item.id, status: 'canceled' as const }
  const write = (own: object, sequence: number) =>
    advance(parts({ barrier }), coming({ ...withdrawal, ...own }, sequence))
  await write({ modified: at(2) }, 850_001)
  const second = await write({ modified: at(6) }, 850_002)
  expect(second.outcome).toMatchObject({ outcome: 'unchanged' })
  const lineage = present(await standing(item)).lineage
  expect(lineage.map(({ version, modified }) => [version, modified])).toEqual([
    [1, undefined],
    [2, at(2)],
    [2, at(6)],
  ])
  const between = { status: 'usable', modified: at(4), headline: 'Between the two' }
  expect((await write(between, 850_003)).outcome).toMatchObject({ outcome: 'superseded' })
  expect((await write({ modified: at(6) }, 850_002)).outcome).toMatchObject({
    outcome: 'unchanged',
  })
})
