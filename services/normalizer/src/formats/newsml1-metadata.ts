import type { SourceCode } from '@newswire/model'
import type { Element } from 'domhandler'
import { allOf, attributeOf, childrenOf, elementsOf, nameOf } from './xml.js'

const wanted = /keywords?$|^(?:isin|wkn|cusip|sedol|figi)$|subject|topic|industry|region|country/iu

/**
 * What the Properties and the descriptive metadata say of the subject, in the source's own names:
 * `BWIndustryKeywords`, `ISIN`.
 */
export function newsml1Codes(item: Element): SourceCode[] {
  const properties = allOf(item, 'Metadata')
    .flatMap((metadata) => childrenOf(metadata, 'Property'))
    .flatMap((property) => {
      const scheme = attributeOf(property, 'FormalName')
      const value = attributeOf(property, 'Value')
      if (scheme === undefined || value === undefined || !wanted.test(scheme)) return []
      return [/^[A-Z]{2,6}$/.test(scheme) ? { scheme, code: value } : { scheme, name: value }]
    })
  return unique([...properties, ...subjectCodes(item), ...genres(item)])
}

/** `SubjectCode` and its `Subject`, `SubjectMatter`, `SubjectDetail`: IPTC's eight digits. */
function subjectCodes(item: Element): SourceCode[] {
  return allOf(item, 'SubjectCode').flatMap((group) =>
    elementsOf(group)
      .filter((one) => /^Subject(?:Matter|Detail)?$/u.test(nameOf(one)))
      .flatMap((one) => {
        const code = attributeOf(one, 'FormalName')
        return code === undefined ? [] : [{ scheme: 'iptc-subject-code', code }]
      }),
  )
}

function genres(item: Element): SourceCode[] {
  return allOf(item, 'Genre').flatMap((genre) => {
    const name = attributeOf(genre, 'FormalName')
    return name === undefined ? [] : [{ scheme: 'genre', name }]
  })
}

function unique(codes: readonly SourceCode[]): SourceCode[] {
  const byKey = new Map(codes.map((code) => [JSON.stringify(code), code] as const))
  return [...byKey.values()]
}

/** `NASDAQ:IBKR`: each group of Properties speaks of one security. */
export function newsml1Tickers(item: Element): string[] {
  return allOf(item, 'Metadata').flatMap((metadata) => {
    const symbol = propertyOf(metadata, 'Ticker Symbol')
    const exchange = propertyOf(metadata, 'Exchange')
    return symbol === undefined ? [] : [exchange === undefined ? symbol : `${exchange}:${symbol}`]
  })
}

function propertyOf(metadata: Element, name: string): string | undefined {
  const property = childrenOf(metadata, 'Property').find(
    (one) => attributeOf(one, 'FormalName') === name,
  )
  return attributeOf(property, 'Value')
}
