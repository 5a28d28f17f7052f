import { expect, it } from 'vitest'
import { Turns } from './turns.js'

const limits = { attemptsInFlightMax: 4, detachedMax: 2, attemptsPerEndpointMax: 2 }

const turn = (endpoint: string) => ({ endpoint, key: '', first: false })

function all(turns: Turns<string>): string[] {
  const given: string[] = []
  for (let turn = turns.next(); turn; turn = turns.next())
    given.push(`${turn.endpoint}:${turn.key}`)
  return given
}

it('goes round the endpoints, however much one of them has waiting', () => {
  const turns = new Turns<string>({ ...limits, attemptsPerEndpointMax: 4 })
  for (const key of ['1', '2', '3', '4']) turns.add('a', key)
  turns.add('b', '1')
  expect(all(turns)).toEqual(['a:1', 'b:1', 'a:2', 'a:3'])
  turns.end(turn('a'), { detached: false, failed: false })
  expect(all(turns)).toEqual(['a:4'])
})

it('gives an endpoint no more than its share', () => {
  const turns = new Turns<string>(limits)
  for (const key of ['1', '2', '3']) turns.add('a', key)
  expect(all(turns)).toEqual(['a:1', 'a:2'])
})

it('lets a slow attempt hold no slot, and its endpoint only one attempt', () => {
  const turns = new Turns<string>({ ...limits, attemptsInFlightMax: 1 })
  for (const key of ['1', '2']) turns.add('slow', key)
  turns.add('fast', '1')
  expect(all(turns)).toEqual(['slow:1'])
  expect(turns.detach(turn('slow'))).toBe(true)
  expect(all(turns)).toEqual(['fast:1'])
  turns.end(turn('fast'), { detached: false, failed: false })
  expect(all(turns)).toEqual([])
  turns.end(turn('slow'), { detached: true, failed: false })
  expect(all(turns)).toEqual(['slow:2'])
})

it('keeps the slots of slow attempts where too many were detached', () => {
  const turns = new Turns<string>(limits)
  for (const endpoint of ['a', 'b', 'c']) turns.add(endpoint, '1')
  all(turns)
  expect(['a', 'b', 'c'].map((endpoint) => turns.detach(turn(endpoint)))).toEqual([
    true,
    true,
    false,
  ])
})

it('tries a failing endpoint with one attempt at a time until it answers', () => {
  const turns = new Turns<string>(limits)
  turns.add('a', '1')
  all(turns)
  turns.end(turn('a'), { detached: false, failed: true })
  for (const key of ['2', '3', '4']) turns.add('a', key)
  expect(all(turns)).toEqual(['a:2'])
  turns.end(turn('a'), { detached: false, failed: false })
  expect(all(turns)).toEqual(['a:3', 'a:4'])
})

it('lets a withdrawal pass what waits and what hangs', () => {
  const turns = new Turns<string>(limits)
  for (const key of ['1', '2', '3']) turns.add('a', key)
  all(turns)
  turns.detach(turn('a'))
  turns.add('a', 'kill', { first: true })
  expect(all(turns)).toEqual(['a:kill'])
})
