import { intakeLimits } from '../limits.js'
import { resolved } from './element.js'

const addressAttribute = /(\s(?:href|src|cite|poster)\s{0,5}=\s{0,5})(["'])([^"'<>]{1,2000})\2/gi
const isAbsolute = /^\s*(?:[a-z][a-z\d+.-]*:|#)/i

/** HTML with its relative addresses resolved: beyond the feed nobody knows what they refer to. */
export function withAddresses(html: string, base: string): string {
  if (!html.includes('<')) return html
  const parts: string[] = []
  let at = 0
  let count = 0
  for (const found of html.matchAll(addressAttribute)) {
    count += 1
    if (count > intakeLimits.addressesMax) break
    const [written, attribute = '', quote = '', address = ''] = found
    if (isAbsolute.test(address)) continue
    const whole = `${attribute}${quote}${resolved(address, base) ?? address}${quote}`
    parts.push(html.slice(at, found.index), whole)
    at = found.index + written.length
  }
  return parts.length === 0 ? html : parts.join('') + html.slice(at)
}
