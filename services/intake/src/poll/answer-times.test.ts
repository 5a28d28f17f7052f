import { describe, expect, it } from 'vitest'
import { freshMsOf, retryAfterMsOf } from './answer-times.js'

const now = new Date('2026-05-04T10:00:00Z')
const date = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toUTCString()

describe('freshMsOf', () => {
  it.each([
    [{ 'cache-control': 'public, max-age=300' }, 300],
    [{ 'cache-control': 'max-age="300"', age: '100' }, 200],
    [{ 'cache-control': 's-maxage=900' }, undefined],
    [{ 'cache-control': 'no-cache, max-age=300' }, undefined],
    [{ 'cache-control': 'max-age=0', expires: date(9) }, undefined],
    [{ expires: date(5), date: date(1) }, 240],
    [{ expires: date(5) }, 300],
    [{ expires: '0' }, undefined],
    [{}, undefined],
  ])('%j is fresh for %s seconds', (headers: Record<string, string>, seconds) => {
    expect(freshMsOf(headers, now)).toBe(seconds === undefined ? undefined : seconds * 1_000)
  })
})

describe('retryAfterMsOf', () => {
  it.each([
    ['120', 120],
    [date(2), 120],
    [date(-2), undefined],
    ['soon', undefined],
    ['', undefined],
  ])('%s is %s seconds', (text, seconds) => {
    const expected = seconds === undefined ? undefined : seconds * 1_000
    expect(retryAfterMsOf({ 'retry-after': text }, now)).toBe(expected)
  })
})
