import { describe, expect, test } from 'vitest'
import { problemIn, type ToldProblem } from './problem-words.js'

function told(type: string, more: Partial<ToldProblem> = {}): ToldProblem {
  const shape = { message: 'A title', detail: 'A detail.', members: {}, retrySeconds: undefined }
  return { type, ...shape, ...more }
}

describe('a problem in German', () => {
  test('is said by its type, and by what it tells', () => {
    const { title, say, english } = problemIn('de', told('source-rests', { retrySeconds: 90 }))
    expect(title).toBe('Die Quelle oder ihr Server braucht gerade eine Pause')
    expect(say).toBe('Versuchen Sie es in 90 Sekunden noch einmal.')
    expect(english).toEqual({ title: false, quote: '' })
  })

  test.each([
    [120, 'in 120 Sekunden'],
    [121, 'in 3 Minuten'],
    [7_200, 'in 120 Minuten'],
    [14_400, 'in 4 Stunden'],
  ])('says in whole units when to try again: after %i s', (retrySeconds, words) => {
    const { say } = problemIn('de', told('source-rests', { retrySeconds }))
    expect(say).toBe(`Versuchen Sie es ${words} noch einmal.`)
  })

  test('says once what is wrong with many entries, and names what has no field', () => {
    const rule = { rule: 'too-long', limit: 9, fault: 'Too big' }
    const whole = { field: '', rule: 'wrong-form', fault: 'Invalid input' }
    const members = { faults: [{ field: 'add.0', ...rule }, { field: 'add.1', ...rule }, whole] }
    const { faults } = problemIn('de', told('invalid-body', { members }))
    expect(faults.map(({ text }) => text)).toEqual([
      'Ein neues Schlagwort ist zu lang: höchstens 9 Zeichen.',
      'Die Eingabe hat nicht die richtige Form.',
    ])
  })

  test('quotes the house where that says more than the type does', () => {
    const detail = '127.0.0.1 is not a public address.'
    const { say, english } = problemIn('de', told('refused-address', { detail }))
    expect(say).toMatch(/^Nehmen Sie/)
    expect(english.quote).toBe(detail)
    expect(problemIn('en', told('refused-address', { detail })).say).toBe(detail)
  })

  test('names each field with what is wrong with it, once', () => {
    const long = { field: 'name', rule: 'too-long', limit: 1_000, fault: 'Too big' }
    const form = { field: 'url', rule: 'wrong-form', fault: 'must be a web address' }
    const members = { faults: [long, long, form, { rule: 'toString' }, { rule: 'missing' }, null] }
    const { faults, say, english } = problemIn('de', told('invalid-body', { members }))
    expect(faults).toEqual([
      { text: 'Name ist zu lang: höchstens 1.000 Zeichen.', quote: '' },
      { text: 'Adresse hat nicht die richtige Form.', quote: 'must be a web address' },
    ])
    expect([say, english.quote]).toEqual(['', ''])
  })

  test('that is not known is told as the house says it, as English', () => {
    const { title, english } = problemIn('de', told('constructor'))
    expect(title).toBe('A title')
    expect(english).toEqual({ title: true, quote: 'A detail.' })
  })
})
