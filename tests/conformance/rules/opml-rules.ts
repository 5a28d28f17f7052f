import { childrenOf, everyElement, type Rule, type XmlElement } from './document.js'
import {
  characterFaults,
  dateFaults822,
  htmlFaults,
  languageFaults,
  repeated,
  uriFaults,
} from './text-rules.js'

/** OPML 2.0, by its text and by what the validator remarks on. */
export const opmlRules: Readonly<Record<string, Rule>> = {
  'the answer is OPML 2.0, by its root and its media type': ({ root, mediaType }) => [
    ...(root.name === 'opml' && root.attributes.get('version') === '2.0'
      ? []
      : ['InvalidOPMLVersion']),
    ...(/^(?:text\/x-opml|application\/xml|text\/xml); *charset=utf-8$/i.test(mediaType)
      ? []
      : [`UnexpectedContentType: ${mediaType}`]),
  ],
  'head and body stand once each, and nothing else does': ({ root }) =>
    root.children.map(({ name }) => name).join() === 'head,body'
      ? []
      : ['MissingElement: head, body'],
  'the head holds known elements only, each once, dates of RFC 822': ({ root }) => {
    const [head] = childrenOf(root, 'head')
    if (!head) return ['MissingElement: head']
    return [
      ...(childrenOf(head, 'title').length === 1 ? [] : ['MissingElement: title']),
      ...head.children
        .filter(({ name }) => !headElements.includes(name))
        .map(({ name }) => `UndefinedElement: ${name}`),
      ...repeated(head.children.map(({ name }) => name)).map((name) => `DuplicateElement: ${name}`),
      ...head.children
        .filter(({ name }) => name.startsWith('date'))
        .flatMap(({ text }) => dateFaults822(text)),
    ]
  },
  'the body holds outlines, at least one, and nothing else': ({ root }) => {
    const [body] = childrenOf(root, 'body')
    const below = body ? everyElement(body).slice(1) : []
    return [
      ...(below.length > 0 ? [] : ['MissingElement: outline']),
      ...below
        .filter(({ name, text }) => name !== 'outline' || text !== '')
        .map(({ name }) => `UndefinedElement: ${name}`),
    ]
  },
  'every outline has a text, and no attribute that OPML does not know': ({ root }) =>
    outlinesOf(root).flatMap(({ attributes }) => [
      ...(attributes.get('text') ? [] : ['MissingAttribute: text']),
      ...[...attributes.keys()]
        .filter((name) => !outlineAttributes.includes(name))
        .map((name) => `UnexpectedAttribute: ${name}`),
    ]),
  'an outline with an address is a subscription, with its title': ({ root }) =>
    outlinesOf(root).flatMap(subscriptionFaults),
  'texts and titles are harmless as the HTML that readers take them for': ({ root }) =>
    outlinesOf(root).flatMap(({ attributes }) =>
      ['text', 'title', 'description'].flatMap((name) => {
        const value = attributes.get(name) ?? ''
        return [...htmlFaults(value), ...characterFaults(value)]
      }),
    ),
  'no feed is listed twice under one outline': ({ root }) =>
    everyElement(root).flatMap(({ children }) => {
      const urls = children.flatMap(({ attributes }) => attributes.get('xmlUrl') ?? [])
      return repeated(urls).map((url) => `twice: ${url}`)
    }),
}

const headElements = [
  ...['title', 'dateCreated', 'dateModified', 'ownerName', 'ownerEmail', 'ownerId', 'docs'],
  ...[
    'expansionState',
    'vertScrollState',
    'windowTop',
    'windowLeft',
    'windowBottom',
    'windowRight',
  ],
]
const outlineAttributes = [
  ...['category', 'created', 'description', 'htmlUrl', 'isBreakpoint', 'isComment', 'language'],
  ...['text', 'title', 'type', 'url', 'version', 'xmlUrl'],
]
const outlineVersions = ['RSS', 'RSS1', 'RSS2', 'scriptingNews']

const outlinesOf = (root: XmlElement) => everyElement(root).filter(({ name }) => name === 'outline')

function subscriptionFaults({ attributes }: XmlElement): string[] {
  const { type, xmlUrl, title, version } = Object.fromEntries(attributes)
  const isFeed = type?.toLowerCase() === 'rss'
  const ofFeeds = ['xmlUrl', 'htmlUrl', 'title', 'version', 'language']
  const speaksOfFeed = ofFeeds.some((name) => attributes.has(name))
  const isKnown = version === undefined || outlineVersions.includes(version)
  return [
    ...(isFeed && xmlUrl === undefined ? ['MissingXmlURL'] : []),
    ...(isFeed && title === undefined ? ['MissingTitleAttr'] : []),
    ...(speaksOfFeed && type === undefined ? ['MissingOutlineType'] : []),
    ...(isKnown ? [] : [`InvalidOutlineVersion: ${version}`]),
    ...['xmlUrl', 'htmlUrl'].flatMap((name) => optional(attributes, name, uriFaults)),
    ...optional(attributes, 'language', languageFaults),
  ]
}

function optional(
  attributes: XmlElement['attributes'],
  name: string,
  faults: (text: string) => string[],
): string[] {
  const value = attributes.get(name)
  return value === undefined ? [] : faults(value)
}
