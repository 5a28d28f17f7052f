import iconv from 'iconv-lite'

/** What iconv-lite knows beside charsets, and what is unsafe to take from a label. */
const notCharsets = new Set(['base64', 'hex', 'binary', 'utf7', 'utf7imap', 'cesu8', 'internal'])

/**
 * Labels that mean another charset than they say, as the WHATWG Encoding Standard has it: pages
 * that claim Latin-1 are written in windows-1252.
 */
const aliases: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  unicode11utf8: 'utf-8',
  iso88591: 'windows-1252',
  latin1: 'windows-1252',
  l1: 'windows-1252',
  ascii: 'windows-1252',
  usascii: 'windows-1252',
  cp1252: 'windows-1252',
  windows1252: 'windows-1252',
  iso88599: 'windows-1254',
  latin5: 'windows-1254',
  iso885911: 'windows-874',
  tis620: 'windows-874',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
}

/** The charset that a label stands for; undefined where no one knows it. */
export function charsetOf(label: string | undefined): string | undefined {
  if (!label) return undefined
  const plain = label.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (plain === '' || notCharsets.has(plain)) return undefined
  const known = aliases[plain]
  if (known) return known
  return iconv.encodingExists(label.trim()) ? label.trim().toLowerCase() : undefined
}

/** The `charset` parameter of a content type. */
export function charsetLabel(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1]
}

const declarationBytesMax = 1_024

/** The encoding that an XML declaration names, read as if the bytes were ASCII. */
export function declaredLabel(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, declarationBytesMax)).toString('latin1')
  return /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"']{1,40})["']/i.exec(head)?.[1]
}

/** The charset that the first bytes prove: a byte order mark, or `<` in UTF-16. */
export function markedCharset(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0x3c && second === 0) return 'utf-16le'
  if (first === 0 && second === 0x3c) return 'utf-16be'
  return undefined
}
