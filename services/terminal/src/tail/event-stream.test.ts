import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEventReader } from './event-stream.js'

const stream =
  '\ufeff: a comment\r\nretry: 700\n\nid: 7\nevent: item\ndata: {"a":1}\r\n\r\ndata: one\rdata:two\n\nid\nevent: empty\n\ndata: last\n\ndata: cut off'
const events = [
  { type: 'item', data: '{"a":1}', lastEventId: '7' },
  { type: 'message', data: 'one\ntwo', lastEventId: '7' },
  { type: 'message', data: 'last', lastEventId: '' },
]

it('events are the same wherever the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length })), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
      const reader = createEventReader()
      const parts = places.slice(1).map((place, at) => stream.slice(places[at], place))
      expect(parts.flatMap((part) => reader.take(part))).toEqual(events)
      expect(reader.retryMs()).toBe(700)
    }),
  )
})

it('goes on with the id that it was given, and gives up on an event without an end', () => {
  const reader = createEventReader('41')
  expect(reader.take('data: x\n\n')).toMatchObject([{ lastEventId: '41' }])
  const flood = () => {
    for (let part = 0; part < 10; part += 1) reader.take('x'.repeat(1_000_000))
  }
  expect(flood).toThrow(/characters/)
})
