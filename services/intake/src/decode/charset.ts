import iconv from 'iconv-lite'
import { ebcdicOf } from './ebcdic.js'

/** What iconv-lite knows beside charsets, and what is unsafe to take from a label. */
const notCharsets = new Set(['base64', 'hex', 'binary', 'utf7', 'utf7imap', 'cesu8', 'internal'])

/** Names of the WHATWG Encoding Standard under which iconv-lite does not know its charsets. */
const iconvNames: Readonly<Record<string, string>> = {
  gbk: 'gb18030',
  'iso-8859-8-i': 'iso-8859-8',
  'x-mac-cyrillic': 'maccyrillic',
}

/** Names by which other programs write these charsets, without signs between. */
const otherNames: Readonly<Record<string, string>> = {
  ujis: 'euc-jp',
  iso2022jp: 'iso-2022-jp',
  uhc: 'euc-kr',
  ksx1001: 'euc-kr',
  hkscs: 'big5',
  gb180302000: 'gb18030',
  eucgb2312cn: 'gb18030',
  macroman: 'macintosh',
  maccentraleurope: 'maccenteuro',
  maclatin2: 'maccenteuro',
  ruscii: 'cp1125',
  cpis: 'cp861',
  cp950: 'big5',
  ms950: 'big5',
}

/**
 * The charset that a label stands for; undefined where no one knows it. Labels mean what the WHATWG
 * Encoding Standard says (pages that claim Latin-1 are written in windows-1252), those that it does
 * not know what iconv-lite says.
 */
export function charsetOf(label: string | undefined): string | undefined {
  const trimmed = label?.trim().toLowerCase()
  if (!trimmed) return undefined
  const plain = trimmed.replace(/[^a-z0-9]/g, '')
  if (plain === '' || notCharsets.has(plain)) return undefined
  // Standards are named with their year, too: `ISO_8859-2:1987`.
  const dashed = trimmed.replace(/_/g, '-').replace(/[-:]\d{4}$/, '')
  const standard =
    standardName(trimmed) ?? standardName(dashed) ?? (otherNames[plain] as string | undefined)
  if (standard !== undefined) return iconvNames[standard] ?? standard
  return iconv.encodingExists(trimmed) ? sameButSafer(trimmed) : undefined
}

/** The WHATWG name of a label; Node's decoder knows the standard's whole table. */
function standardName(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

/** Spellings of Latin-1 that the standard does not list mean windows-1252, too. */
function sameButSafer(label: string): string {
  return /^(?:iso[-_]?8859[-_]?1|latin[-_]?1|(?:us[-_]?)?ascii)$/.test(label)
    ? 'windows-1252'
    : label
}

/** The `charset` parameter of a content type. */
export function charsetLabel(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType ?? '')?.[1]
}

const declarationBytesMax = 1_024

/** The encoding that an XML declaration names, read as if the bytes were ASCII. */
export function declaredLabel(bytes: Uint8Array): string | undefined {
  return labelIn(Buffer.from(bytes.subarray(0, declarationBytesMax)).toString('latin1'))
}

export function labelIn(head: string): string | undefined {
  return /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"']{1,40})["']/i.exec(head)?.[1]
}

/** Byte order marks, the longer ones first: that of UTF-32LE begins like that of UTF-16LE. */
const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** `<?xm` in EBCDIC. */
const ebcdicOpening = [0x4c, 0x6f, 0xa7, 0x94]

/**
 * The charset that the first bytes prove: a byte order mark, else where the zeros stand beside the
 * first ASCII characters (XML 1.0 appendix F), else the opening of XML in EBCDIC.
 */
export function markedCharset(bytes: Uint8Array): string | undefined {
  for (const [charset, mark] of marks) if (startsWith(bytes, mark)) return charset
  const zeros = [...bytes.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('')
  const byZeros = { '000x': 'utf-32be', x000: 'utf-32le', '0x0x': 'utf-16be', x0x0: 'utf-16le' }
  const charset = Object.entries(byZeros).find(([pattern]) => pattern === zeros)?.[1]
  if (charset !== undefined) return charset
  return startsWith(bytes, ebcdicOpening) ? ebcdicOf(undefined) : undefined
}

function startsWith(bytes: Uint8Array, opening: readonly number[]): boolean {
  return opening.every((byte, index) => bytes[index] === byte)
}
