import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Arrow, nextPlace } from './direction.js'
import { moved, scaleMax, seenAt, showing, type View, wholeMap, zoomed } from './view.js'

const size = { width: 960, height: 480 }
const point = fc.tuple(fc.double({ min: 0, max: 960, noNaN: true }), fc.nat(480))

describe('the part of the map that is seen', () => {
  test('never shows what lies beyond the edges, wherever it is zoomed and moved', () => {
    const step = fc.tuple(fc.constantFrom(0.5, 1.4, 2, 40), point, point)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const view = steps.reduce<View>(
          (last, [factor, at, [x, y]]) =>
            moved(zoomed(last, factor, at, size), [x - 480, y - 240], size),
          wholeMap,
        )
        const [left, top] = seenAt(view, [0, 0])
        const [right, bottom] = seenAt(view, [size.width, size.height])
        expect(left).toBeLessThanOrEqual(0)
        expect(top).toBeLessThanOrEqual(0)
        expect(right).toBeGreaterThanOrEqual(size.width - 1e-6)
        expect(bottom).toBeGreaterThanOrEqual(size.height - 1e-6)
        expect(view.scale).toBeLessThanOrEqual(scaleMax)
      }),
    )
  })

  test('keeps under the pointer what lay there', () => {
    const view = zoomed(wholeMap, 2, [480, 240], size)
    expect(seenAt(view, [480, 240])).toEqual([480, 240])
  })

  test('moves as far as a place needs to be seen, and not for one that is', () => {
    const view = zoomed(wholeMap, 4, [480, 240], size)
    expect(showing(view, [480, 240], size)).toEqual(view)
    const [x, y] = seenAt(showing(view, [900, 40], size), [900, 40])
    expect([x > 0 && x < 960, y > 0 && y < 480]).toEqual([true, true])
  })
})

describe('an arrow', () => {
  const places = [
    { region: 'ES', center: [10, 50] },
    { region: 'FR', center: [20, 40] },
    { region: 'DE', center: [30, 32] },
    { region: 'PL', center: [42, 31] },
    { region: 'NZ', center: [900, 400] },
  ] as const
  const go = (from: string, arrow: Arrow) => {
    const start = places.find(({ region }) => region === from)
    return start && nextPlace(places, start, arrow)?.region
  }

  test('leads to the nearest country ahead', () => {
    expect([go('DE', 'ArrowRight'), go('DE', 'ArrowLeft'), go('DE', 'ArrowDown')]).toEqual([
      'PL',
      'FR',
      'FR',
    ])
  })

  test('leads nowhere at the edge', () => {
    expect(go('ES', 'ArrowLeft')).toBeUndefined()
    expect(go('NZ', 'ArrowRight')).toBeUndefined()
  })
})
