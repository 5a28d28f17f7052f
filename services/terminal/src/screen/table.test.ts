import fc from 'fast-check'
import { expect, it } from 'vitest'
import { paint } from './paint.js'
import { table } from './table.js'
import { cut, widthOf, wrap } from './width.js'

const columns = [
  { title: 'id' },
  { title: 'headline', isElastic: true },
  { title: 'n', align: 'right' as const },
]

it('a table takes the width that it needs, numbers to the right', () => {
  const text = table(
    columns,
    [
      ['a', 'Acme opens', 7],
      ['bb', 'Wu 日本', 12],
    ],
    { columns: 80, hasColour: false },
  )
  expect(text).toBe('id  headline     n\na   Acme opens   7\nbb  Wu 日本     12\n')
})

it('a table fits any terminal, whatever stands in it', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('日本語の見出し', '👩‍👩‍👧 family', 'x'.repeat(300)),
  )
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, fc.nat())),
      fc.integer({ min: 20, max: 200 }),
      (rows, room) => {
        const lines = table(columns, rows, { columns: room, hasColour: false }).split('\n')
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(room)
        expect(lines).toHaveLength(rows.length + 2)
      },
    ),
  )
})

it('a narrow terminal loses what is extra before an id is cut', () => {
  const id = 'na-fXHDndhK1h1DrnPNqyiSE4'
  const own = [
    ...[
      { title: 'wire', isExtra: true },
      { title: 'headline', isElastic: true },
    ],
    ...[
      { title: 'regions', isExtra: true },
      { title: 'id', isWhole: true },
    ],
  ]
  const rows = [['prnewswire', 'x'.repeat(90), 'CN CN-CQ bloc:SCO', id]]
  const at = (room: number) => table(own, rows, { columns: room, hasColour: false })
  expect(at(80)).toMatch(/^wire +headline +id\n/)
  expect(at(60)).toMatch(/^headline +id\n/)
  for (const room of [40, 60, 80, 120]) expect(at(room)).toContain(id)
})

it('nothing is cut where no terminal shows it', () => {
  const long = 'x'.repeat(500)
  expect(table(columns, [[long, long, 1]], { columns: undefined, hasColour: false })).toContain(
    `${long}  ${long}`,
  )
})

it('a colour goes around the text and changes no width', () => {
  const row = (hasColour: boolean) =>
    table(columns, [[paint('bad', 'a'), 'b', 1]], { columns: 80, hasColour })
  expect(row(true)).toContain('\u001b[31ma\u001b[39m ')
  expect(row(false)).not.toContain('\u001b')
})

it('a cut text ends in an ellipsis, and is whole where it fits', () => {
  expect(cut('Acme opens', 10)).toBe('Acme opens')
  expect(cut('Acme opens', 6)).toBe('Acme…')
  expect(cut('日本語', 5)).toBe('日本…')
})

it('lines are broken between words, and within one that is too long; an indent stays', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three'])
  expect(wrap('日本語日本語', 4)).toEqual(['日本', '語日', '本語'])
  expect(wrap('  "a": 1', 20)).toEqual(['  "a": 1'])
})
