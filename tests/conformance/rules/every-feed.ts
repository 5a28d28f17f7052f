import {
  everyElement,
  namespaceUris,
  type Rule,
  tombstoneUri,
  type XmlElement,
} from './document.js'
import {
  characterFaults,
  languageFaults,
  mediaTypeForm,
  plainFaults,
  uriFaults,
} from './text-rules.js'

/** Rules of RSS and Atom alike. */
export const rulesOfEveryFeed: Readonly<Record<string, Rule>> = {
  'the prefix of each namespace is the usual one': ({ namespaces }) => {
    const usual = Object.entries(namespaceUris)
    return namespaces.flatMap(([prefix, uri]) => {
      const [expected] = usual.find(([, known]) => known === uri) ?? []
      const [, reserved] = usual.find(([known]) => known === prefix) ?? []
      if (reserved !== undefined && reserved !== uri) return [`ReservedPrefix: ${prefix}=${uri}`]
      return expected && prefix !== '' && prefix !== expected ? [`NonstdPrefix: ${prefix}`] : []
    })
  },
  'every namespace is one that validators know, but for tombstones': ({ namespaces }) => {
    const known = [...Object.values<string>(namespaceUris), tombstoneUri]
    const xml = 'http://www.w3.org/XML/1998/namespace'
    return namespaces
      .filter(([, uri]) => !known.includes(uri) && uri !== xml)
      .map(([prefix, uri]) => `UnknownNamespace: ${prefix}=${uri}`)
  },
  'no text holds control signs, U+FFFD or UTF-8 that was written twice': ({ root }) =>
    everyElement(root).flatMap(({ text, attributes }) =>
      [text, ...attributes.values()].flatMap(characterFaults),
    ),
  'every xml:lang is a language': ({ root }) =>
    everyElement(root).flatMap(({ attributes }) => {
      const language = attributes.get('xml:lang')
      return language === undefined ? [] : languageFaults(language)
    }),
  'every atom:link has an address, a known relation and a media type': ({ root }) =>
    linksOf(root).flatMap((link) => [...linkFaults(link), ...titleFaults(link, root)]),
  'exactly one link is the feed itself, at the address that was asked': ({ root, url }) => {
    const head = headOf(root)
    const selves = linksIn(head).filter(({ attributes }) => attributes.get('rel') === 'self')
    const [self] = selves
    if (!self || selves.length > 1) return [`MissingSelf: there are ${selves.length}`]
    const href = self.attributes.get('href') ?? ''
    const type = self.attributes.get('type') ?? feedTypes[0]
    return [
      ...(href === url ? [] : [`SelfDoesntMatchLocation: ${href} at ${url}`]),
      ...(feedTypes.includes(type ?? '') ? [] : [`SelfNotAtom: ${type}`]),
    ]
  },
  'archives stand among links of the feed, never of an entry': ({ root }) =>
    entriesOf(root)
      .flatMap(linksIn)
      .map(({ attributes }) => attributes.get('rel') ?? '')
      .filter((rel) => historyRelations.includes(rel))
      .map((rel) => `FeedHistoryRelInEntry: ${rel}`),
  'a feed that is marked as an archive leads to its neighbours and to the current feed': ({
    root,
  }) => {
    const head = headOf(root)
    const isArchive = head.children.some(
      ({ local, uri }) => local === 'archive' && uri === namespaceUris.fh,
    )
    const rels = linksIn(head).map(({ attributes }) => attributes.get('rel') ?? '')
    const leads = rels.includes('prev-archive') || rels.includes('next-archive')
    if (!isArchive) return []
    return [
      ...(leads ? [] : ['ArchiveIncomplete']),
      ...(rels.includes('current') ? [] : ['MissingCurrentInArchive']),
    ]
  },
  'what Media RSS describes has an address, a type, a medium and whole numbers': ({ root }) =>
    everyElement(root)
      .filter(({ uri }) => uri === namespaceUris.media)
      .flatMap((element) => mediaFaults(element, root.local === 'rss')),
}

const historyRelations = [
  ...['current', 'first', 'last', 'next', 'next-archive', 'prev-archive', 'previous'],
]
const relations = new Set([
  ...historyRelations,
  ...['alternate', 'describedby', 'enclosure', 'hub', 'license', 'related', 'replies', 'self'],
  ...['search', 'via', 'up'],
])
const feedTypes = ['application/atom+xml', 'application/rss+xml']

/** Where a feed speaks of itself. */
export function headOf(root: XmlElement): XmlElement {
  return root.children.find(({ local }) => root.local === 'rss' && local === 'channel') ?? root
}

export function entriesOf(root: XmlElement): readonly XmlElement[] {
  const name = root.local === 'rss' ? 'item' : 'entry'
  return headOf(root).children.filter(({ local, uri }) => local === name && uri === root.uri)
}

export function linksIn(element: XmlElement): XmlElement[] {
  return element.children.filter(isLink)
}

const linksOf = (root: XmlElement) => everyElement(root).filter(isLink)
const isLink = ({ local, uri }: XmlElement) => local === 'link' && uri === namespaceUris.atom

const media = ['image', 'audio', 'video', 'document', 'executable']
const mediaAttributes: Readonly<Record<string, readonly string[]>> = {
  content: [
    ...['url', 'fileSize', 'type', 'medium', 'isDefault', 'expression', 'bitrate', 'framerate'],
    ...['samplingrate', 'channels', 'duration', 'height', 'width', 'lang'],
  ],
  thumbnail: ['url', 'width', 'height', 'time'],
  title: ['type'],
  description: ['type'],
  credit: ['role', 'scheme'],
  copyright: ['url'],
  group: [],
  text: ['type', 'lang', 'start', 'end'],
}

function mediaFaults(element: XmlElement, isRss: boolean): string[] {
  const { name, local, attributes, children, text } = element
  const known = mediaAttributes[local]
  if (!known) return [`UndefinedElement: ${name}`]
  const alternatives = children.filter((child) => child.local === 'content')
  const isPlain = ['title', 'description'].includes(local) && attributes.get('type') !== 'html'
  return [
    ...[...attributes.keys()]
      .filter((each) => !known.includes(each))
      .map((each) => `UnexpectedAttribute: ${name} ${each}`),
    ...(local === 'group' && alternatives.length < 2 ? ['MediaGroupWithoutAlternatives'] : []),
    ...(isPlain ? plainFaults(text, false, isRss) : []),
    ...(['content', 'thumbnail'].includes(local) ? fileFaults(element) : []),
  ]
}

function fileFaults({ name, attributes }: XmlElement): string[] {
  const { url, type, medium } = Object.fromEntries(attributes)
  return [
    ...['fileSize', 'width', 'height']
      .map((each) => attributes.get(each))
      .filter((value) => value !== undefined && !/^[1-9]\d*$/.test(value))
      .map((value) => `InvalidPositiveInteger: ${name} ${value}`),
    ...(url === undefined ? [`MissingAttribute: ${name} url`] : uriFaults(url)),
    ...(type === undefined || mediaTypeForm.test(type) ? [] : [`InvalidMIMEAttribute: ${type}`]),
    ...(medium === undefined || media.includes(medium) ? [] : [`InvalidMediaMedium: ${medium}`]),
  ]
}

function linkFaults({ attributes, text, children }: XmlElement): string[] {
  const { href, rel = 'alternate', type, length } = Object.fromEntries(attributes)
  const isKnown = relations.has(rel) || /^https?:/.test(rel)
  return [
    ...(href === undefined ? ['MissingHref'] : uriFaults(href)),
    ...(isKnown ? [] : [`UnregisteredAtomLinkRel: ${rel}`]),
    ...(type === undefined || mediaTypeForm.test(type) ? [] : [`InvalidMIMEType: ${type}`]),
    ...(length === undefined || /^\d+$/.test(length) ? [] : [`InvalidInteger: ${length}`]),
    ...(text === '' && children.length === 0 ? [] : ['AtomLinkNotEmpty']),
  ]
}

function titleFaults({ attributes }: XmlElement, root: XmlElement): string[] {
  const title = attributes.get('title')
  if (title === '') return ['AttrNotBlank: title']
  return title === undefined ? [] : plainFaults(title, false, root.local === 'rss')
}
