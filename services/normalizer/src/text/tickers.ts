const exchanges =
  'NYSE(?: American| Arca| MKT| AMERICAN)?|NASDAQ(?: [A-Z]{2,4})?|Nasdaq(?: [A-Z]{2,4}| [A-Z][a-z]+)?|AMEX|OTC(?:QX|QB|BB|MKTS| Pink| Markets)?|TSX(?:-?V| Venture)?|CSE|NEO|LSE|AIM|BSE|NSE|ASX|NZX|HKEX|HKSE|SEHK|SGX|TSE|TYO|KRX|KOSPI|KOSDAQ|SSE|SZSE|SHSE|TWSE|EURONEXT|Euronext(?: [A-Z][a-z]+)?|EPA|AMS|EBR|ETR|XETRA|Xetra|FRA|FWB|FSE|SIX|SWX|BIT|BME|OMX|OSE|STO|JSE|B3|BMV|BVL|TASE|MOEX|WSE|VSE|WBAG|Nasdaq Stockholm|Nasdaq Helsinki|Oslo Børs|Börse Frankfurt|Frankfurt|LON|HKG|TADAWUL|ADX|DFM|IDX|PSE|SET|QSE|BVC|Cboe(?: Canada)?|SIX Swiss Exchange|Paris'
const ticker = new RegExp(
  `(?<![\\p{L}\\p{N}])(?<exchange>${exchanges}) ?: ?(?<symbol>[A-Z0-9]{1,12}(?:[.\\-][A-Z]{1,3})?)(?![\\p{L}\\p{N}])`,
  'gu',
)
const leadChars = 20_000
const tickersMax = 50

/** `(NYSE: ACME)` → `NYSE:ACME`; each once, as the text spells it. */
export function tickersOf(text: string): string[] {
  const found = new Set<string>()
  for (const match of text.slice(0, leadChars).matchAll(ticker)) {
    const { exchange = '', symbol = '' } = match.groups ?? {}
    found.add(`${exchange}:${symbol}`)
    if (found.size >= tickersMax) break
  }
  return [...found]
}
