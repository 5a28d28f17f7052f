import { describe, expect, it } from 'vitest'
import { tickersOf } from './tickers.js'

describe('tickersOf', () => {
  it.each([
    ['Acme (NYSE: ACM) grows', ['NYSE:ACM']],
    ['(NYSE:ACM)(NYSE:ACM.B)', ['NYSE:ACM', 'NYSE:ACM.B']],
    ['(TSX: ACM) (BSE: ACMF) (Nasdaq FNGM: ACM)', ['TSX:ACM', 'BSE:ACMF', 'Nasdaq FNGM:ACM']],
    ['[BSE: 540565 | NSE: ACME]', ['BSE:540565', 'NSE:ACME']],
    ['(EURONEXT: ACM) und (XETRA: AC1)', ['EURONEXT:ACM', 'XETRA:AC1']],
    ['(NYSE American : ACM)', ['NYSE American:ACM']],
    ['(TSX-V: ACM; OTCQX: ACMEF)', ['TSX-V:ACM', 'OTCQX:ACMEF']],
    ['(HKEX: 0700)', ['HKEX:0700']],
    ['(ASX: ACM, NYSE: ACM)', ['ASX:ACM', 'NYSE:ACM']],
    ['Time: 10 PM', []],
    ['SET: all of it', []],
  ])('%s', (text, tickers) => {
    expect(tickersOf(text)).toEqual(tickers)
  })
})
