import { Parser } from 'htmlparser2'
import { stripIllegal } from '../decode/legal.js'

const reference = /&(?:#(\d{1,8})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/y
/** More than a text of the largest item can hold; what stands behind them stays as written. */
const referencesMax = 300_000
const codePointMax = 0x10_ffff
/** XML's own, and the two that HTML 4 gave another character than HTML 5 does. */
const knownEntities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['lang', '\u2329'],
  ['rang', '\u232A'],
])

/** What windows-1252 has where Unicode has the C1 controls U+0080–U+009F; blank where nothing. */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'
const c1First = 0x80
const c1 = /[\u0080-\u009F]/g

/**
 * Decodes character references once: XML's own, numeric ones and HTML's names, which feeds use
 * without declaring them. What a DOCTYPE declares is never looked at. An unknown name and an `&`
 * that begins nothing stay as written; a reference to a character that XML forbids is dropped.
 */
export function withoutReferences(text: string): string {
  let next = text.indexOf('&')
  if (next < 0) return text
  const parts: string[] = []
  let from = 0
  for (let count = 0; next >= 0 && count < referencesMax; count += 1) {
    reference.lastIndex = next
    const found = reference.exec(text)
    if (found !== null) {
      parts.push(text.slice(from, next), decoded(found))
      from = reference.lastIndex
    }
    next = text.indexOf('&', found === null ? next + 1 : from)
  }
  parts.push(text.slice(from))
  return parts.join('')
}

function decoded([written, decimal, hex, name]: RegExpExecArray): string {
  if (name !== undefined) return knownEntities.get(name) ?? htmlEntity(name) ?? written
  const code = Number.parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : 16)
  if (code > codePointMax) return ''
  return withoutC1(stripIllegal(String.fromCodePoint(code)))
}

/** Reads C1 controls as the windows-1252 characters that they were meant to be. */
export function withoutC1(text: string): string {
  return text.replace(c1, (char) => {
    const meant = windows1252.charAt(char.charCodeAt(0) - c1First)
    return meant === ' ' ? '' : meant
  })
}

/** Different names that are remembered; HTML has about 2,200, feeds use the first 250. */
const namesMax = 4_096
const names = new Map<string, string | undefined>()

function htmlEntity(name: string): string | undefined {
  if (names.has(name)) return names.get(name)
  if (names.size >= namesMax) return undefined
  let text = ''
  const parser = new Parser({ ontext: (piece) => (text += piece) })
  parser.end(`&${name};`)
  // A name of which only the beginning is known (`&ampx;`) is none.
  const found = /[&;]$/.test(text) || text.length > 2 ? undefined : text
  names.set(name, found)
  return found
}
