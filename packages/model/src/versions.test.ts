import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LineageEntry } from './item.js'
import { type Arrival, type Standing, settle } from './versions.js'

const arrival = (own: Partial<Arrival>): Arrival => ({
  rawSequence: 10,
  contentHash: 'b',
  status: 'usable',
  complete: true,
  corrects: false,
  ...own,
})

const entry = (own: Partial<LineageEntry>): LineageEntry => ({
  version: 1,
  rawSequence: 5,
  contentHash: 'a',
  ...own,
})

const standing = (own: Partial<Standing>): Standing => ({
  version: 1,
  status: 'usable',
  complete: true,
  lineage: [entry({})],
  ...own,
})

const hour = (n: number) => `2026-01-01T${String(n).padStart(2, '0')}:00:00Z`

describe('settle', () => {
  test('makes the first arrival version 1', () => {
    expect(settle(undefined, arrival({}))).toEqual({
      outcome: 'version',
      version: 1,
      change: 'new',
    })
  })

  test('records a withdrawal of something that never came, so that a late original loses', () => {
    const kill = arrival({ status: 'canceled', rawSequence: 3 })
    expect(settle(undefined, kill)).toMatchObject({ version: 1, change: 'withdrawal' })
    const killed = standing({ status: 'canceled', lineage: [entry({ rawSequence: 3 })] })
    expect(settle(killed, arrival({ rawSequence: 9 })).outcome).toBe('superseded')
  })

  test('makes a changed text that came later an update, and one that says so a correction', () => {
    expect(settle(standing({}), arrival({}))).toMatchObject({ version: 2, change: 'update' })
    expect(settle(standing({}), arrival({ corrects: true }))).toMatchObject({
      version: 2,
      change: 'correction',
    })
  })

  test('changes nothing when the same raw item or the same text comes again', () => {
    expect(settle(standing({}), arrival({ rawSequence: 5 })).outcome).toBe('unchanged')
    expect(settle(standing({}), arrival({ contentHash: 'a' })).outcome).toBe('unchanged')
  })

  test('takes a text equal to an earlier version only on the word of the source', () => {
    const two = standing({
      version: 2,
      lineage: [
        entry({ modified: hour(1) }),
        entry({ version: 2, rawSequence: 6, contentHash: 'b', modified: hour(2) }),
      ],
    })
    const back = arrival({ contentHash: 'a' })
    expect(settle(two, back).outcome).toBe('unchanged')
    expect(settle(two, { ...back, modified: hour(3) })).toMatchObject({ version: 3 })
  })

  test('follows the version of the source before its time, and its time before our sequence', () => {
    const stands = standing({ lineage: [entry({ sourceVersion: 4, modified: hour(4) })] })
    const older = arrival({ sourceVersion: 3, modified: hour(9) })
    expect(settle(stands, older).outcome).toBe('superseded')
    expect(settle(stands, arrival({ modified: hour(3) })).outcome).toBe('superseded')
    const newer = arrival({ modified: hour(5), rawSequence: 2 })
    expect(settle(stands, newer)).toMatchObject({ version: 2 })
  })

  test('supersedes a raw item that came earlier and is handled late', () => {
    expect(settle(standing({}), arrival({ rawSequence: 4 })).outcome).toBe('superseded')
  })

  test('never lets a teaser replace a complete body, but fills a teaser with the full text', () => {
    expect(settle(standing({}), arrival({ complete: false })).outcome).toBe('superseded')
    expect(settle(standing({ complete: false }), arrival({}))).toMatchObject({ version: 2 })
  })

  test('fills a teaser with the full text even where that came in first', () => {
    const full = arrival({ rawSequence: 2 })
    expect(settle(standing({ complete: false }), full)).toMatchObject({ version: 2 })
  })

  test('lets a withdrawal win unless the source itself says that it is older', () => {
    const kill = arrival({ status: 'canceled', rawSequence: 2 })
    expect(settle(standing({}), kill)).toMatchObject({ version: 2, change: 'withdrawal' })
    const stands = standing({ lineage: [entry({ modified: hour(4) })] })
    expect(settle(stands, { ...kill, modified: hour(3) }).outcome).toBe('superseded')
  })

  test('brings a withdrawn item back only on the word of the source', () => {
    const killed = standing({
      version: 2,
      status: 'canceled',
      lineage: [entry({}), entry({ version: 2, contentHash: 'k', modified: hour(4) })],
    })
    expect(settle(killed, arrival({})).outcome).toBe('superseded')
    expect(settle(killed, arrival({ modified: hour(3) })).outcome).toBe('superseded')
    expect(settle(killed, arrival({ modified: hour(5) }))).toMatchObject({ version: 3 })
  })

  test('ends at the newest version in whatever order the versions of a source are handled', () => {
    const versions = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(versions, (order) => {
        let stands: Standing | undefined
        order.forEach((sourceVersion) => {
          const came = arrival({
            sourceVersion,
            rawSequence: 100 - sourceVersion,
            contentHash: `text ${sourceVersion}`,
          })
          stands = apply(stands, came)
        })
        expect(stands?.lineage.at(-1)?.sourceVersion).toBe(Math.max(...order))
        const numbers = stands?.lineage.map((each) => each.version) ?? []
        expect(numbers).toEqual(numbers.map((_, index) => index + 1))
      }),
    )
  })

  test('takes the full text behind a teaser that the source dates later', () => {
    const teaser = standing({ complete: false, lineage: [entry({ modified: hour(4) })] })
    expect(settle(teaser, arrival({ modified: hour(3) }))).toMatchObject({ version: 2 })
  })

  describe('with a notice that came in under another id', () => {
    const notice = (own: Partial<Arrival>) =>
      arrival({ via: 'na-9', corrects: true, contentHash: 'n', ...own })
    const corrected = (own: Partial<LineageEntry> = {}) =>
      standing({
        version: 2,
        lineage: [entry({}), entry({ version: 2, contentHash: 'n', via: 'na-9', ...own })],
      })

    test('never lets the original undo it, unless the source dates the original later', () => {
      expect(settle(corrected(), arrival({ rawSequence: 99 })).outcome).toBe('superseded')
      const dated = corrected({ modified: hour(4) })
      expect(settle(dated, arrival({ modified: hour(3) })).outcome).toBe('superseded')
      expect(settle(dated, arrival({ modified: hour(5) }))).toMatchObject({ version: 3 })
    })

    test('takes it although an edit of the original came in later', () => {
      const edited = standing({ lineage: [entry({ rawSequence: 99 })] })
      expect(settle(edited, notice({ rawSequence: 7 }))).toMatchObject({ change: 'correction' })
    })

    test('compares no numbers that were given under two ids', () => {
      const fifth = standing({ lineage: [entry({ sourceVersion: 5 })] })
      expect(settle(fifth, notice({ sourceVersion: 1 }))).toMatchObject({ version: 2 })
    })

    test('takes its teaser before the full text that it corrects, and its own full text after', () => {
      const teaser = notice({ complete: false })
      expect(settle(standing({}), teaser)).toMatchObject({ change: 'correction' })
      const told = { ...corrected(), complete: false }
      expect(settle(told, arrival({ rawSequence: 99 })).outcome).toBe('superseded')
      expect(settle(told, notice({ contentHash: 'full', rawSequence: 2 }))).toMatchObject({
        version: 3,
      })
    })
  })

  test('does not let the full text of an original follow the teaser of its correction', () => {
    const told = standing({ complete: false, lineage: [entry({ corrects: true })] })
    expect(settle(told, arrival({})).outcome).toBe('superseded')
    expect(settle(told, arrival({ corrects: true }))).toMatchObject({ version: 2 })
    const full = standing({ lineage: [entry({ rawSequence: 99 })] })
    expect(settle(full, arrival({ complete: false, corrects: true }))).toMatchObject({ version: 2 })
  })

  test('asks to remember a withdrawal that is dated after the one that stands', () => {
    const killed = standing({
      version: 2,
      status: 'canceled',
      lineage: [entry({}), entry({ version: 2, modified: hour(4), withdrawn: true })],
    })
    const again = arrival({ status: 'canceled', modified: hour(6), contentHash: 'a' })
    expect(settle(killed, again)).toMatchObject({ outcome: 'unchanged', remember: true })
    const early = settle(killed, { ...again, modified: hour(3) })
    expect(early).toEqual(expect.not.objectContaining({ remember: true }))
    const ends = [...killed.lineage, entry({ version: 2, modified: hour(6), withdrawn: true })]
    const between = arrival({ modified: hour(5) })
    expect(settle({ ...killed, lineage: ends }, between).outcome).toBe('superseded')
    expect(settle(killed, between)).toMatchObject({ version: 3 })
  })

  test('asks to remember a withdrawal that lost to a newer version', () => {
    const stands = standing({ complete: false, lineage: [entry({ modified: hour(9) })] })
    const late = arrival({ status: 'canceled', modified: hour(4) })
    expect(settle(stands, late)).toMatchObject({ outcome: 'superseded', remember: true })
  })

  test('takes back what a person released for a new withdrawal, not for the same notice again', () => {
    const end = entry({ version: 2, contentHash: 'k', via: 'na-9', withdrawn: true })
    const released = entry({ version: 3, contentHash: 'a', byPerson: true })
    const back = standing({
      version: 3,
      lineage: [entry({}), { ...end, byPerson: true }, released],
    })
    const again = arrival({ status: 'canceled', contentHash: 'k', via: 'na-9', rawSequence: 99 })
    expect(settle(back, again).outcome).toBe('superseded')
    expect(settle(back, { ...again, via: 'na-8' })).toMatchObject({ change: 'withdrawal' })
    const { via, ...own } = again
    expect(settle(back, own)).toMatchObject({ change: 'withdrawal' })
    const isDated = standing({
      ...back,
      lineage: back.lineage.map((each) => ({ ...each, modified: hour(4) })),
    })
    expect(settle(isDated, { ...again, modified: hour(5) })).toMatchObject({ version: 4 })
  })

  test.each([
    ['one notice', false],
    ['one notice and a withdrawal', true],
  ])('ends the same in whatever order a life with %s is handled', (_, isWithdrawn) => {
    fc.assert(
      fc.property(noticedLife(isWithdrawn), ({ life, order }) => {
        expect(endOf(order.map((at) => life[at]))).toEqual(endOf(life))
      }),
      { numRuns: 2_000 },
    )
  })

  test('keeps a withdrawn text back although a newer version brought the item back', () => {
    const back = standing({
      version: 3,
      complete: false,
      lineage: [
        entry({ version: 2, contentHash: 'k', modified: hour(4), withdrawn: true }),
        entry({ version: 3, contentHash: 't', rawSequence: 7, modified: hour(5) }),
      ],
    })
    expect(settle(back, arrival({ rawSequence: 2 })).outcome).toBe('superseded')
    expect(settle(back, arrival({ modified: hour(3) })).outcome).toBe('superseded')
    expect(settle(back, arrival({ modified: hour(6) }))).toMatchObject({ version: 4 })
  })

  test.each([
    ['dates all of them', true],
    ['dates none of them', false],
  ])('ends the same in whatever order a life is handled, where the source %s', (_, dated) => {
    fc.assert(
      fc.property(lifeOf(dated), ({ life, order }) => {
        expect(endOf(order.map((at) => life[at]))).toEqual(endOf(life))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('what a person decides', () => {
  test('of a story or a hold frees no text of a withdrawal before it', () => {
    const back = standing({
      version: 3,
      complete: false,
      lineage: [
        entry({ version: 2, contentHash: 'k', modified: hour(4), withdrawn: true }),
        entry({ version: 3, contentHash: 't', modified: hour(5), byPerson: true }),
      ],
    })
    expect(settle(back, arrival({ modified: hour(3) })).outcome).toBe('superseded')
  })

  test('stands against the source in whatever order the two are handled', () => {
    fc.assert(
      fc.property(lifeOf(true), fc.nat({ max: 6 }), ({ life, order }, at) => {
        const [before, after] = [order.slice(0, at + 1), order.slice(at + 1)]
        const stands = before.reduce(
          (so: Standing | undefined, place) => apply(so, life[place] ?? arrival({})),
          undefined,
        )
        const end = withdrawnBy(stands, { rawSequence: 50, contentHash: 'end' })
        const outcomes = after.map((place) => settle(end, life[place] ?? arrival({})).outcome)
        expect(outcomes).toEqual(after.map(() => 'superseded'))
      }),
      { numRuns: 1_000 },
    )
  })
})

/** What the desk makes of what stands. */
function withdrawnBy(stands: Standing | undefined, own: Partial<LineageEntry>): Standing {
  const version = (stands?.version ?? 0) + 1
  const { modified } = stands?.lineage.at(-1) ?? {}
  const at = modified === undefined ? {} : { modified }
  const end = entry({ ...at, ...own, version, withdrawn: true, byPerson: true })
  return standing({ version, status: 'canceled', lineage: [...(stands?.lineage ?? []), end] })
}

type Kind = 'full' | 'teaser' | 'withdrawal'

/** Full texts and teasers, or full texts and one withdrawal, and an order to handle them in. */
function lifeOf(dated: boolean) {
  const kinds = fc.oneof(
    fc.array(fc.constantFrom<Kind>('full', 'teaser'), { minLength: 1, maxLength: 6 }),
    fc
      .tuple(
        fc.nat({ max: 5 }),
        fc.array(fc.constant<Kind>('full'), { minLength: 5, maxLength: 5 }),
      )
      .map(([at, full]) => full.toSpliced(at, 0, 'withdrawal')),
  )
  return kinds.chain((all) => {
    const numbers = all.map((_, at) => at)
    const shuffled = () => fc.shuffledSubarray(numbers, { minLength: all.length })
    return fc.record({ dates: shuffled(), order: shuffled() }).map(({ dates, order }) => {
      const life = all.map((kind, at) =>
        arrival({
          rawSequence: at + 1,
          contentHash: `text ${at}`,
          status: kind === 'withdrawal' ? 'canceled' : 'usable',
          complete: kind === 'full',
          ...(dated ? { modified: hour((dates[at] ?? 0) + 1) } : {}),
        }),
      )
      return { life, order }
    })
  })
}

/** Undated texts of an original and of its notice, full or teasers; an order to handle them in. */
function noticedLife(isWithdrawn: boolean) {
  const one = fc.record({ isNotice: fc.boolean(), complete: fc.boolean() })
  return fc.array(one, { minLength: 1, maxLength: 7 }).chain((all) => {
    const life = all.map(({ isNotice, complete }, at) =>
      arrival({
        rawSequence: at + 1,
        contentHash: `text ${at}`,
        complete,
        corrects: isNotice,
        ...(isNotice ? { via: 'na-9' } : {}),
        ...(isWithdrawn && at === 0 ? { status: 'canceled', via: 'na-10' } : {}),
      }),
    )
    const order = fc.shuffledSubarray([...life.keys()], { minLength: life.length })
    return order.map((places) => ({ life, order: places }))
  })
}

/** What a reader sees at the end. */
function endOf(life: readonly (Arrival | undefined)[]) {
  let stands: Standing | undefined
  for (const came of life) if (came) stands = apply(stands, came)
  const isPublic = stands?.status === 'usable'
  return { isPublic, text: isPublic ? stands?.lineage.at(-1)?.contentHash : undefined }
}

function apply(stands: Standing | undefined, came: Arrival): Standing | undefined {
  const settled = settle(stands, came)
  if (settled.outcome !== 'version') return stands
  const { status, complete, corrects, ...precedence } = came
  const withdrawn = status === 'canceled' ? { withdrawn: true as const } : {}
  const marks = corrects ? { ...withdrawn, corrects: true as const } : withdrawn
  const entry = { ...precedence, ...marks, version: settled.version }
  const lineage = [...(stands?.lineage ?? []), entry]
  return { version: settled.version, status, complete, lineage }
}
