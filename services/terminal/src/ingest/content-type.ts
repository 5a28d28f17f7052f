import { extname } from 'node:path'
import { UsageError } from '../terminal-error.js'

const byExtension: Readonly<Record<string, string>> = {
  '.txt': 'text/plain',
  '.text': 'text/plain',
  '.tst': 'text/plain',
  '.asc': 'text/plain',
  '.html': 'text/html',
  '.htm': 'text/html',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.newsml': 'application/xml',
  '.nitf': 'application/xml',
  '.rss': 'application/rss+xml',
  '.atom': 'application/atom+xml',
}

const byName: Readonly<Record<string, string>> = {
  text: 'text/plain',
  ninjs: 'application/json',
  json: 'application/json',
  newsml: 'application/xml',
  nitf: 'application/xml',
  xml: 'application/xml',
}

const sniffedBytes = 512

/** What `--type` says: a short name, or a content type as it is, with its charset. */
export function readType(type: string): string {
  const named = byName[type.toLowerCase()]
  if (named !== undefined) return named
  if (/^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/.test(type)) return type
  throw new UsageError(
    `"${type}" is no type of a release: use ${Object.keys(byName).join(', ')}, or a content type such as "text/plain; charset=windows-1252".`,
  )
}

/** By the file's name, and where that says nothing, or calls XML a text, by how it begins. */
export function contentTypeOf(name: string, bytes: Uint8Array): string {
  const known = byExtension[extname(name).toLowerCase()]
  const beginning = Buffer.from(bytes.subarray(0, sniffedBytes)).toString('latin1')
  const text = beginning.replace(/^(?:\xef\xbb\xbf)?\s*/, '')
  const isXml = /^<(?:\?xml|!DOCTYPE (?!html)|[A-Za-z])/.test(text)
  if (isXml && (known === undefined || known === 'text/plain')) return 'application/xml'
  if (known !== undefined) return known
  return text.startsWith('{') ? 'application/json' : 'text/plain'
}
