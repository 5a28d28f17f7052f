import { PermanentError } from '@newswire/bus'
import type { RawItem } from '@newswire/model'
import type { Element } from 'domhandler'
import type { Reading } from '../draft.js'
import { readNewsmlG2 } from './newsml-g2.js'
import { readNewsml1 } from './newsml1.js'
import { readNitf } from './nitf.js'
import { nameOf, parseXml } from './xml.js'

/** By the local name of the root; a package that wraps news items is looked into. */
const roots: Readonly<Record<string, (root: Element, raw: RawItem) => Reading>> = {
  newsItem: readNewsmlG2,
  newsMessage: readNewsmlG2,
  NewsML: readNewsml1,
  NewsItem: readNewsml1,
  nitf: readNitf,
}

/** A release as XML: NewsML-G2, NewsML 1.x or NITF, by its root element. */
export function readXml(raw: RawItem): Reading {
  const root = parseXml(raw.body)
  const read = roots[nameOf(root)]
  if (read) return read(root, raw)
  throw new PermanentError(
    `The root element <${nameOf(root).slice(0, 40)}> is none of a release; send NewsML-G2 (newsItem, newsMessage), NewsML 1.2 or NITF.`,
  )
}
