import iconv from 'iconv-lite'

/** Lone bytes that are read one by one; a text with more is broken beyond that. */
const loneBytesMax = 10_000
const highBytes = Buffer.from(Array.from({ length: 128 }, (_, index) => 128 + index))
const windows1252 = iconv.decode(highBytes, 'windows-1252')
const replacement = '\uFFFD'

/** UTF-8 → text. Bytes that are none are read as windows-1252, of which they were left over. */
export function decodeUtf8(bytes: Uint8Array, isValid: boolean): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const hasMark = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf
  const start = hasMark ? 3 : 0
  return isValid ? buffer.toString('utf8', start) : decodeMixed(buffer.subarray(start))
}

/** A few broken bytes in a text that says it is UTF-8 cost those letters, not all umlauts. */
export function mostlyUtf8(bytes: Uint8Array): boolean {
  let good = 0
  let bad = 0
  for (const char of new TextDecoder('utf-8').decode(bytes)) {
    if (char === replacement) bad += 1
    else if (char > '\u007F') good += 1
  }
  return good > bad
}

/**
 * Lone bytes are windows-1252; a letter that the end of the text cuts is a replacement character.
 */
function decodeMixed(buffer: Buffer): string {
  const parts: string[] = []
  let from = 0
  let lone = 0
  for (let at = 0; at < buffer.length && lone < loneBytesMax; ) {
    const length = sequenceAt(buffer, at)
    if (length > 0) {
      at += length
      continue
    }
    parts.push(buffer.toString('utf8', from, at))
    if (isCutAt(buffer, at)) return `${parts.join('')}${replacement}`
    parts.push(windows1252.charAt((buffer[at] ?? 0) - 128))
    lone += 1
    at += 1
    from = at
  }
  parts.push(buffer.toString('utf8', from))
  return parts.join('')
}

/** The length of the valid sequence at a place; 0 where there is none (RFC 3629 section 4). */
function sequenceAt(buffer: Buffer, at: number): number {
  const first = buffer[at] ?? 0
  if (first < 0x80) return 1
  const length = lengthBy(first)
  const second = buffer[at + 1] ?? 0
  if (length === 0 || !isSecond(first, second)) return 0
  for (let next = 2; next < length; next += 1) {
    if (!isContinuation(buffer[at + next] ?? 0)) return 0
  }
  return length
}

function lengthBy(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2
  if (first >= 0xe0 && first <= 0xef) return 3
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0
}

/** Excludes overlong forms, surrogates, and what is past U+10FFFF. */
function isSecond(first: number, second: number): boolean {
  const smallest = { 224: 0xa0, 240: 0x90 }[first] ?? 0x80
  const largest = { 237: 0x9f, 244: 0x8f }[first] ?? 0xbf
  return second >= smallest && second <= largest
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf
}

function isCutAt(buffer: Buffer, at: number): boolean {
  const rest = buffer.subarray(at + 1)
  return rest.length > 0
    ? rest.length < lengthBy(buffer[at] ?? 0) - 1 && rest.every(isContinuation)
    : lengthBy(buffer[at] ?? 0) > 0
}
