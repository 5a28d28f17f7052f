import { resolved } from './element.js'

const addressAttribute = /(\s(?:href|src|cite|poster)\s{0,5}=\s{0,5})(["'])([^"'<>]{1,2000})\2/gi
const isAbsolute = /^\s*(?:[a-z][a-z\d+.-]*:|#)/i

/** HTML with its relative addresses resolved: beyond the feed nobody knows what they refer to. */
export function withAddresses(html: string, base: string): string {
  if (!html.includes('<')) return html
  return html.replace(
    addressAttribute,
    (written, attribute: string, quote: string, address: string) =>
      isAbsolute.test(address)
        ? written
        : `${attribute}${quote}${resolved(address, base) ?? address}${quote}`,
  )
}
