import { describe, expect, it } from 'vitest'
import { type Attempts, afterFailure, beginSuspect, endTry, judge, noAttempts } from './decide.js'
import { PermanentError } from './errors.js'

const delaysMs = [10, 20]

describe('after a failure', () => {
  it('follows the schedule, then buries', () => {
    const error = new Error('x')
    expect(afterFailure(error, 1, delaysMs)).toEqual({ kind: 'again', delayMs: 10 })
    expect(afterFailure(error, 2, delaysMs)).toEqual({ kind: 'again', delayMs: 20 })
    expect(afterFailure(error, 3, delaysMs)).toEqual({ kind: 'bury', error })
    expect(afterFailure(error, 1, [])).toEqual({ kind: 'bury', error })
  })

  it('buries hopeless input at once', () => {
    const error = new PermanentError('x')
    expect(afterFailure(error, 1, delaysMs)).toEqual({ kind: 'bury', error })
  })
})

describe('a fact that comes again', () => {
  it('is expected where a try ended in order', () => {
    expect(judge(1, noAttempts, delaysMs)).toBe('first')
    expect(judge(2, endTry(1, noAttempts), delaysMs)).toBe('expected')
    expect(judge(2, noAttempts, delaysMs)).toBe('suspect')
    expect(judge(3, endTry(1, noAttempts), delaysMs)).toBe('suspect')
  })

  it('is lethal when all tries of the schedule began and none ended', () => {
    let known: Attempts = noAttempts
    for (const deliveries of [2, 3]) {
      expect(judge(deliveries, known, delaysMs)).toBe('suspect')
      known = beginSuspect(deliveries, known)
    }
    expect(judge(4, known, delaysMs)).toBe('lethal')
  })

  it('is never lethal for having waited beside one that was', () => {
    expect(judge(50, noAttempts, delaysMs)).toBe('suspect')
  })

  it('is no longer suspected of a try that ended after all', () => {
    const known = endTry(2, noAttempts)
    expect(judge(3, known, delaysMs)).toBe('expected')
    expect(beginSuspect(4, known).lost).toBe(1)
  })
})
