import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeWorld, marksIn, type Step } from './index.js'

const now = new Date('2026-11-26T10:00:00Z')
const make = (seed: number) => makeWorld({ seed, stories: 80, rounds: 10, now })
const polls = (steps: readonly (readonly Step[])[]) =>
  steps.flat().filter((step) => step.kind === 'poll')

test('the same seed makes the same world, and another seed another', () => {
  expect(make(1)).toEqual(make(1))
  expect(make(2).rounds).not.toEqual(make(1).rounds)
})

test('what a poll is said to show stands on its page, and a failing source shows nothing', () => {
  const { rounds } = make(3)
  const kinds = new Set<string>()
  for (const { page, shown, weather } of polls(rounds)) {
    kinds.add(weather.kind)
    if (weather.hides) {
      expect(shown).toEqual([])
      continue
    }
    const raw = Buffer.from(page.body ?? '')
    const body = (page.headers?.['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString()
    const marks = new Set(marksIn(body))
    const missing = shown.filter(({ mark }) => mark !== '' && !marks.has(mark))
    expect(missing, weather.kind).toEqual([])
  }
  expect(kinds.size).toBeGreaterThan(6)
})

test('a text that is shown stays one text: no mark stands for two', () => {
  const owners = new Map<string, string>()
  for (const { shown } of make(4).rounds.flat()) {
    for (const { item, mark, isFull } of shown) {
      if (mark === '') continue
      const text = `${mark} ${isFull}`
      expect(owners.get(text) ?? item, text).toBe(item)
      owners.set(text, item)
    }
  }
  expect(owners.size).toBeGreaterThan(50)
})

test('in a long world every kind of life and of weather happens', () => {
  const { lives, rounds } = makeWorld({ seed: 5, stories: 1_000, rounds: 14, now })
  expect(new Set(lives.map(({ kind }) => kind)).size).toBe(13)
  expect(new Set(polls(rounds).map(({ weather }) => weather.kind)).size).toBeGreaterThan(9)
})
