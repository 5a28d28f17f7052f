import {
  childrenOf,
  type FeedDocument,
  namespaceUris,
  type Rule,
  type XmlElement,
} from './document.js'
import { entriesOf, headOf, rulesOfEveryFeed } from './every-feed.js'
import {
  dateFaults822,
  dateFaults3339,
  emailFaults,
  htmlFaults,
  languageFaults,
  mediaTypeForm,
  plainTextFaults,
  repeated,
  uriFaults,
} from './text-rules.js'

/** RSS 2.0 with the RSS Advisory Board's profile, and the validator's remarks on extensions. */
export const rssRules: Readonly<Record<string, Rule>> = {
  ...rulesOfEveryFeed,
  'the answer is RSS 2.0, by its root and its media type': ({ root, mediaType }) => [
    ...(root.name === 'rss' && root.attributes.get('version') === '2.0'
      ? []
      : ['InvalidRSSVersion']),
    ...(root.children.length === 1 ? [] : ['UndefinedElement: beside channel']),
    ...(/^application\/rss\+xml; *charset=utf-8$/i.test(mediaType)
      ? []
      : [`UnexpectedContentType: ${mediaType}`]),
  ],
  'the channel has a title, a link and a description': ({ root }) =>
    ['title', 'link', 'description']
      .filter((name) => textOf(headOf(root), name) === '')
      .map((name) => `MissingElement: channel ${name}`),
  'the channel tells its language, as the validator recommends': ({ root }) =>
    textOf(headOf(root), 'language') === '' ? ['MissingDCLanguage'] : [],
  'every element is one that RSS or a known extension has there': ({ root }) => [
    ...undefinedIn(headOf(root), channelElements),
    ...entriesOf(root).flatMap((item) => undefinedIn(item, itemElements)),
  ],
  'every attribute is one that RSS has there': ({ root }) =>
    [...headOf(root).children, ...entriesOf(root).flatMap(({ children }) => children)]
      .filter(({ uri }) => uri === '' || uri === namespaceUris.dc || uri === namespaceUris.content)
      .flatMap(({ name, attributes }) =>
        [...attributes.keys()]
          .filter((each) => !each.startsWith('xml:') && !rssAttributes[name]?.includes(each))
          .map((each) => `UnexpectedAttribute: ${name} ${each}`),
      ),
  'no element stands twice where one may stand': ({ root }) =>
    [headOf(root), ...entriesOf(root)].flatMap((element) =>
      repeated(element.children.map(({ name }) => name))
        .filter((name) => !manyElements.includes(name))
        .map((name) => `DuplicateElement: ${name}`),
    ),
  'no element is empty': ({ root }) =>
    [headOf(root), ...entriesOf(root)].flatMap(({ children }) =>
      children
        .filter(({ text, attributes, children: below }) => {
          return text === '' && attributes.size === 0 && below.length === 0
        })
        .filter(({ uri }) => uri !== namespaceUris.fh)
        .map(({ name }) => `NotBlank: ${name}`),
    ),
  'what speaks of the channel stands before its items': ({ root }) => {
    const names = headOf(root).children.map(({ name }) => name)
    const first = names.indexOf('item')
    const late = first < 0 ? [] : names.slice(first).filter((name) => name !== 'item')
    return late.map((name) => `MisplacedItem: before ${name}`)
  },
  'an item has a title or a description, a link and one guid of its own': ({ root }) => [
    ...entriesOf(root).flatMap((item) => [
      ...(textOf(item, 'title') || textOf(item, 'description')
        ? []
        : ['ItemMustContainTitleOrDescription']),
      ...(textOf(item, 'guid') === '' ? ['MissingGuid'] : []),
    ]),
    ...repeated(entriesOf(root).map((item) => textOf(item, 'guid'))).map(
      (id) => `DuplicateValue: ${id}`,
    ),
  ],
  'a guid that is no address says so': ({ root }) =>
    entriesOf(root)
      .flatMap((item) => childrenOf(item, 'guid'))
      .flatMap(({ text, attributes }) => {
        const isLink = attributes.get('isPermaLink') ?? 'true'
        if (!['true', 'false'].includes(isLink)) return [`InvalidBooleanAttribute: ${isLink}`]
        if (isLink === 'true')
          return /^https?:/.test(text) ? uriFaults(text) : [`InvalidHttpGUID: ${text}`]
        return text.length < 9 && /^\d+$/.test(text) ? [`NotSufficientlyUnique: ${text}`] : []
      }),
  'every link, page and comment is a whole address': ({ root }) =>
    [headOf(root), ...entriesOf(root)].flatMap((element) =>
      ['link', 'docs', 'comments'].flatMap((name) =>
        childrenOf(element, name, '').flatMap(({ text }) => uriFaults(text)),
      ),
    ),
  'every date is of RFC 822, and of RFC 3339 where an extension wants that': ({ root }) =>
    [headOf(root), ...entriesOf(root)].flatMap(({ children }) =>
      children.flatMap(({ local, uri, text }) => {
        if (uri === '' && ['pubDate', 'lastBuildDate'].includes(local)) return dateFaults822(text)
        const isAtom = uri === namespaceUris.atom && ['updated', 'published'].includes(local)
        const isDublin =
          uri === namespaceUris.dcterms || (uri === namespaceUris.dc && local === 'date')
        return isAtom || isDublin ? dateFaults3339(text) : []
      }),
    ),
  'titles, categories and rights are plain text': (document) =>
    textsOf(document, plainElements).flatMap((element) => plainTextFaults(document, element)),
  'descriptions of items and content:encoded are right and harmless HTML': ({ root }) =>
    entriesOf(root)
      .flatMap(({ children }) => children)
      .filter(({ name }) => ['description', 'content:encoded'].includes(name))
      .flatMap(({ text }) => htmlFaults(text)),
  'content:encoded stands behind a description': ({ root }) =>
    entriesOf(root).flatMap(({ children }) => {
      const names = children.map(({ name }) => name)
      const content = names.indexOf('content:encoded')
      const description = names.indexOf('description')
      const isRight = content < 0 || (description >= 0 && description < content)
      return isRight ? [] : ['NeedDescriptionBeforeContent']
    }),
  'an author is an e-mail address with a name; a name alone is dc:creator': ({ root }) =>
    [headOf(root), ...entriesOf(root)].flatMap(({ children }) => [
      ...children
        .filter(({ name }) => ['author', 'managingEditor', 'webMaster'].includes(name))
        .filter(({ text }) => !/^[\w.+'-]+@(?:[\w-]+\.)+[\w-]+ \([^)]+\)$/.test(text))
        .map(({ text }) => `InvalidContact: ${text}`),
      ...children
        .filter(({ name }) => name === 'dc:creator')
        .flatMap(({ text }) => emailFaults(text)),
    ]),
  'nothing is said in RSS and in an extension at once': ({ root }) =>
    [headOf(root), ...entriesOf(root)].flatMap(({ children }) => {
      const names = new Set(children.map(({ name }) => name))
      return sameMeaning
        .filter(([core, extension]) => names.has(core) && names.has(extension))
        .map(([core, extension]) => `DuplicateSemantics: ${core} and ${extension}`)
    }),
  'languages are languages': (document) =>
    textsOf(document, ['language', 'dc:language']).flatMap(({ text }) => languageFaults(text)),
  'an item has at most one enclosure, with address, length and type': ({ root }) =>
    entriesOf(root).flatMap((item) => {
      const enclosures = childrenOf(item, 'enclosure')
      return [
        ...(enclosures.length > 1 ? ['DuplicateEnclosure'] : []),
        ...enclosures.flatMap(({ attributes }) => [
          ...uriFaults(attributes.get('url') ?? ''),
          ...(/^\d+$/.test(attributes.get('length') ?? '')
            ? []
            : ['InvalidIntegerAttribute: length']),
          ...(mediaTypeForm.test(attributes.get('type') ?? '')
            ? []
            : ['InvalidMIMEAttribute: type']),
        ]),
      ]
    }),
}

const dublin = [
  ...['title', 'creator', 'subject', 'description', 'publisher', 'contributor', 'date', 'type'],
  ...['format', 'identifier', 'source', 'language', 'relation', 'coverage', 'rights'],
].map((name) => `dc:${name}`)
const terms = ['modified', 'created', 'issued'].map((name) => `dcterms:${name}`)
const media = [
  ...['content', 'group', 'title', 'description', 'thumbnail', 'credit', 'copyright', 'keywords'],
].map((name) => `media:${name}`)

const channelElements = [
  ...['title', 'link', 'description', 'language', 'copyright', 'managingEditor', 'webMaster'],
  ...['pubDate', 'lastBuildDate', 'category', 'generator', 'docs', 'cloud', 'ttl', 'image'],
  ...['skipHours', 'skipDays', 'item', 'atom:link', 'atom:id', 'atom:updated', 'atom:author'],
  ...['fh:archive', 'fh:complete', 'sy:updatePeriod', 'sy:updateFrequency', 'sy:updateBase'],
  ...dublin,
  ...terms,
]
const itemElements = [
  ...['title', 'link', 'description', 'author', 'category', 'comments', 'enclosure', 'guid'],
  ...['pubDate', 'source', 'content:encoded', 'atom:link', 'atom:updated', 'atom:author'],
  ...dublin,
  ...terms,
  ...media,
]
const rssAttributes: Readonly<Record<string, readonly string[]>> = {
  category: ['domain'],
  enclosure: ['url', 'length', 'type'],
  guid: ['isPermaLink'],
  source: ['url'],
}
const manyElements = [
  ...['item', 'category', 'atom:link', 'atom:author', 'enclosure', 'media:content', 'media:group'],
  ...['media:thumbnail', 'media:credit', 'dc:creator', 'dc:contributor', 'dc:subject'],
  ...['dc:identifier', 'dc:publisher', 'dc:relation', 'dc:coverage'],
]
const plainElements = [
  ...['title', 'category', 'copyright', 'dc:rights', 'dc:title', 'source', 'generator'],
]
const sameMeaning = [
  ['author', 'dc:creator'],
  ['managingEditor', 'dc:creator'],
  ['category', 'dc:subject'],
  ['pubDate', 'dc:date'],
  ['pubDate', 'atom:published'],
  ['guid', 'atom:id'],
  ['language', 'dc:language'],
  ['copyright', 'dc:rights'],
  ['lastBuildDate', 'dcterms:modified'],
  ['webMaster', 'dc:publisher'],
  ['source', 'dc:source'],
  ['description', 'atom:content'],
] as const

function undefinedIn({ local, children }: XmlElement, known: readonly string[]): string[] {
  return children
    .filter(({ name }) => !known.includes(name))
    .map(({ name }) => `UndefinedElement: ${name} in ${local}`)
}

function textsOf({ root }: FeedDocument, names: readonly string[]): XmlElement[] {
  const channel = headOf(root)
  const plain = channel.children.filter(({ name }) => name === 'description')
  const all = [channel, ...entriesOf(root)].flatMap(({ children }) => children)
  const named = all.filter(({ name }) => names.includes(name))
  return names.includes('title') ? [...plain, ...named] : named
}

function textOf(element: XmlElement, name: string): string {
  return childrenOf(element, name, '')[0]?.text ?? ''
}
