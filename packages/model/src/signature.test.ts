import { describe, expect, it, test } from 'vitest'
import { numbersOf, signatureOf } from './signature.js'
import { normalizedItem } from './testing.js'

test.each([
  ['1.234,5 Mio.', ['1234.5']],
  ['1,234.5 million', ['1234.5']],
  ['1’234’567 Franken', ['1234567']],
  ['15.300 und 15,300', ['15300']],
  ['12,5 Prozent, 12.5 percent', ['12.5']],
  ['1.234,567', ['1234.567']],
  ['p=0.001', ['0.001']],
  ['im Jahr 2026', []],
  ['2.026 Euro', ['2026']],
  ['12 Mühlen, 99 Öfen, 100 Pferde', ['100']],
  ['am 14.07.2026 um 14:30 Uhr', []],
  ['Tel. +43 1 234567 oder 0732 / 45678', []],
  ['https://acme.example/123456 und a123@acme.example', []],
  ['CUR-118 und HW240', []],
])('%s has the numbers %j', (text, numbers) => {
  expect(numbersOf(text)).toEqual(numbers)
})

describe('a signature', () => {
  const signature = signatureOf(
    normalizedItem({
      headline: 'Acme sells 240 cranes',
      issuer: { name: 'Acme Cranes' },
      dateline: { raw: 'Lyon', places: ['Lyon'], date: '2026-07-14', wire: 'PRNewswire' },
      links: ['https://www.acme.example/', 'https://acme.example/en', 'https://acme.example/a/b1'],
      body: {
        html: '',
        complete: true,
        text: 'Today Acme sold cranes to Ingrid Falkenberg in Lyon for 312.5 million.\n\nAbout Acme\n\nAcme has 9,999 cranes.',
      },
    }),
  )

  it('keeps what stays the same in every language', () => {
    expect(signature).toMatchObject({
      lead: ['240', '312.5'],
      numbers: ['240', '312.5'],
      names: ['ingrid', 'falkenberg'],
      links: ['acme.example/a/b1'],
      date: '2026-07-14',
      place: 'lyon',
    })
  })

  it('takes a hostile text in a moment', () => {
    const texts = ['1.'.repeat(6_000), '+1 '.repeat(4_000), '0 '.repeat(6_000), 'A '.repeat(6_000)]
    const startedAt = performance.now()
    for (const text of texts) {
      signatureOf(normalizedItem({ body: { html: '', text, complete: true } }))
    }
    expect(performance.now() - startedAt).toBeLessThan(400)
  })
})
