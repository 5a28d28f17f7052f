import type { Media } from '@newswire/model'
import type { Element } from 'domhandler'
import { defined } from '../defined.js'
import { plainText } from '../html/html.js'
import type { Content } from './content.js'
import { allOf, at, attributeOf, childrenOf, elementsOf, nameOf, textOf } from './xml.js'
import { markupOf } from './xml-markup.js'

/** NITF's names for what HTML has; its inline elements (`org`, `person`) are looked through. */
const names: Readonly<Record<string, string>> = {
  hl1: 'h2',
  hl2: 'h3',
  block: 'div',
  bq: 'blockquote',
  'nitf-table': 'div',
  lang: 'span',
}
const dropped = new Set(['media', 'note', 'datasource', 'fn', 'tobject'])

/** The text of an NITF document and what stands around it. IPTC NITF 3.2 to 3.6. */
export function nitfContent(nitf: Element): Content {
  const head = at(nitf, 'body', 'body.head')
  const content = at(nitf, 'body', 'body.content')
  const html = markupOf(content?.children ?? [], {
    drops: (element) => dropped.has(nameOf(element)),
    names,
  }).trim()
  const abstract = markupOf(at(head, 'abstract')?.children ?? [], { drops: () => false }).trim()
  const body = html === '' ? abstract : html
  return {
    body: { html: body },
    text: plainText(body),
    media: outermost(content, 'media').flatMap(mediumOf),
    ...defined({
      headline: textOf(at(head, 'hedline', 'hl1')) ?? textOf(at(head, 'hedline')),
      subheadline: textOf(at(head, 'hedline', 'hl2')),
      dateline: datelineOf(at(head, 'dateline')),
    }),
  }
}

/** Whether the document has text beyond an abstract. */
export function hasText(nitf: Element): boolean {
  return textOf(at(nitf, 'body', 'body.content')) !== undefined
}

/** The location as it stands; some writers repeat the machine's date in `story.date`. */
function datelineOf(dateline: Element | undefined): string | undefined {
  const located = childrenOf(dateline, 'location').flatMap((location) => textOf(location) ?? [])
  const date = textOf(at(dateline, 'story.date'))
  const isForReaders = date !== undefined && /\p{L}{3}/u.test(date)
  if (located.length > 0) {
    return [...located, ...(isForReaders ? [date] : [])].join(', ').replace(/\s+,/g, ',')
  }
  return date === undefined ? textOf(dateline) : undefined
}

/** The elements of a name that stand in no other of that name, in document order. */
function outermost(root: Element | undefined, name: string): Element[] {
  const found: Element[] = []
  const open = elementsOf(root).toReversed()
  for (let element = open.pop(); element; element = open.pop()) {
    if (nameOf(element) === name) found.push(element)
    else for (const inner of elementsOf(element).toReversed()) open.push(inner)
  }
  return found
}

function mediumOf(media: Element): Media[] {
  const references = allOf(media, 'media-reference')
  const width = (one: Element) => Number(attributeOf(one, 'width') ?? 0)
  const reference = references.toSorted((a, b) => width(b) - width(a))[0]
  const url = attributeOf(reference, 'source')
  if (url === undefined) return []
  const producer = textOf(at(media, 'media-producer'))
  return [
    {
      url,
      ...defined({
        mimeType: attributeOf(reference, 'mime-type'),
        caption: textOf(at(media, 'media-caption')) ?? attributeOf(reference, 'alternate-text'),
        rights: producer,
      }),
    },
  ]
}
