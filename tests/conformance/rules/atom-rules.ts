import {
  childrenOf,
  everyElement,
  namespaceUris,
  type Rule,
  tombstoneUri,
  type XmlElement,
} from './document.js'
import { entriesOf, linksIn, rulesOfEveryFeed } from './every-feed.js'
import {
  canonicalFaults,
  dateFaults3339,
  emailFaults,
  htmlFaults,
  plainFaults,
  plainTextFaults,
  repeated,
  uriFaults,
} from './text-rules.js'

/** Atom 1.0 (RFC 4287), what the validator remarks on beyond its grammar, and RFC 6721. */
export const atomRules: Readonly<Record<string, Rule>> = {
  ...rulesOfEveryFeed,
  'the answer is an Atom feed, by its root and its media type': ({ root, mediaType }) => [
    ...(root.local === 'feed' && root.uri === namespaceUris.atom ? [] : ['ObsoleteNamespace']),
    ...(root.name === 'feed' ? [] : [`AvoidNamespacePrefix: ${root.name}`]),
    ...(/^application\/atom\+xml; *charset=utf-8$/i.test(mediaType)
      ? []
      : [`UnexpectedContentType: ${mediaType}`]),
  ],
  'feed and entries have id, title and updated, each once': ({ root }) =>
    [root, ...entriesOf(root)].flatMap((element) =>
      ['id', 'title', 'updated'].flatMap((name) => {
        const found = childrenOf(element, name)
        if (found.length > 1) return [`DuplicateElement: ${element.name} ${name}`]
        return found[0]?.text ? [] : [`MissingElement: ${element.name} ${name}`]
      }),
    ),
  'no element stands twice where one may stand': ({ root }) =>
    [root, ...entriesOf(root)].flatMap(({ children }) =>
      repeated(children.map(({ name }) => name))
        .filter((name) => !manyElements.includes(name))
        .map((name) => `DuplicateElement: ${name}`),
    ),
  'what speaks of the feed stands before its entries': ({ root }) => {
    const isEntry = (element: XmlElement) =>
      element.local === 'entry' || element.uri === tombstoneUri
    const first = root.children.findIndex(isEntry)
    const late = first < 0 ? [] : root.children.slice(first).filter((child) => !isEntry(child))
    return late.map(({ name }) => `MisplacedMetadata: ${name}`)
  },
  'every id is a whole address in its one spelling, and of one entry only': ({ root }) => {
    const ids = everyElement(root)
      .filter(isAtom('id'))
      .map(({ text }) => text)
    const entries = entriesOf(root).map((entry) => childrenOf(entry, 'id')[0]?.text ?? '')
    return [
      ...ids.flatMap((id) => [...uriFaults(id), ...canonicalFaults(id)]),
      ...repeated(entries).map((id) => `DuplicateEntries: ${id}`),
    ]
  },
  'no two entries were updated at the same instant': ({ root }) => {
    const instants = entriesOf(root).map((entry) => childrenOf(entry, 'updated')[0]?.text ?? '')
    return repeated(instants).map((instant) => `DuplicateUpdated: ${instant}`)
  },
  'every date is of RFC 3339 and plausible, an entry is not updated before it was published': ({
    root,
  }) => [
    ...everyElement(root)
      .filter((element) => isAtom('updated')(element) || isAtom('published')(element))
      .flatMap(({ text }) => dateFaults3339(text)),
    ...entriesOf(root).flatMap((entry) => {
      const [updated = ''] = childrenOf(entry, 'updated').map(({ text }) => text)
      const [published = updated] = childrenOf(entry, 'published').map(({ text }) => text)
      return Date.parse(published) <= Date.parse(updated)
        ? []
        : [`updated ${updated} < ${published}`]
    }),
  ],
  'an entry has an author, or its feed has': ({ root }) => {
    const named = childrenOf(root, 'author').length > 0
    const without = entriesOf(root).filter((entry) => childrenOf(entry, 'author').length === 0)
    return named || without.length === 0 ? [] : ['MissingElement: author']
  },
  'a person has a name that is plain text, and an address only in its own element': (document) =>
    everyElement(document.root)
      .filter((element) => isAtom('author')(element) || isAtom('contributor')(element))
      .flatMap((person) => {
        const [name] = childrenOf(person, 'name')
        if (!name || name.text === '') return ['NotBlank: name']
        return [...plainTextFaults(document, name), ...emailFaults(name.text)]
      }),
  'texts are what their type says, and none is empty': (document) =>
    everyElement(document.root)
      .filter(({ uri, local }) => uri === namespaceUris.atom && textConstructs.includes(local))
      .flatMap((element) => {
        const type = element.attributes.get('type') ?? 'text'
        const isEmpty = element.text === '' && element.children.length === 0
        if (isEmpty && !element.attributes.has('src')) return [`NotBlank: ${element.name}`]
        if (type === 'html') return htmlFaults(element.text)
        return type === 'text' ? plainTextFaults(document, element) : []
      }),
  'titles, rights and summaries tell their language': ({ root }) =>
    everyElement(root)
      .filter(({ uri, local }) => uri === namespaceUris.atom && textConstructs.includes(local))
      .filter(({ language }) => language === '')
      .map(({ name }) => `MissingDCLanguage: ${name}`),
  'an entry has a content or leads to its page, and has words of its own': ({ root }) =>
    entriesOf(root).flatMap((entry) => {
      const hasContent = childrenOf(entry, 'content').length > 0
      const hasSummary = childrenOf(entry, 'summary').length > 0
      const hasPage = linksIn(entry).some(({ attributes }) => relOf(attributes) === 'alternate')
      return [
        ...(hasContent || hasPage ? [] : ['MissingContentOrAlternate']),
        ...(hasContent || hasSummary ? [] : ['MissingTextualContent']),
      ]
    }),
  'there is one alternate per media type and language': ({ root }) =>
    [root, ...entriesOf(root)].flatMap((element) => {
      const alternates = linksIn(element).filter(
        ({ attributes }) => relOf(attributes) === 'alternate',
      )
      const kinds = alternates.map(
        ({ attributes }) => `${attributes.get('type') ?? ''} ${attributes.get('hreflang') ?? ''}`,
      )
      return repeated(kinds).map((kind) => `DuplicateAtomLink: ${kind}`)
    }),
  'a category has a term, a whole address as its scheme, a label in plain text': ({ root }) =>
    everyElement(root)
      .filter(isAtom('category'))
      .flatMap(({ attributes }) => {
        const { term = '', scheme, label } = Object.fromEntries(attributes)
        return [
          ...(term === '' ? ['MissingAttribute: category term'] : []),
          ...(scheme === undefined ? [] : uriFaults(scheme)),
          ...(label === undefined ? [] : plainFaults(label, false, false)),
        ]
      }),
  'every element of Atom is known where it stands': ({ root }) => [
    ...undefinedIn(root, feedElements),
    ...entriesOf(root).flatMap((entry) => undefinedIn(entry, entryElements)),
  ],
  'a tombstone names an entry and an instant, once, and is newer than an entry of its id': ({
    root,
  }) => {
    const stones = childrenOf(root, 'deleted-entry', tombstoneUri)
    const pairs = stones.map(
      ({ attributes }) => `${attributes.get('ref')} ${attributes.get('when')}`,
    )
    const living = new Map(
      entriesOf(root).map((entry) => [
        childrenOf(entry, 'id')[0]?.text ?? '',
        childrenOf(entry, 'updated')[0]?.text ?? '',
      ]),
    )
    return [
      ...repeated(pairs).map((pair) => `two tombstones of ${pair}`),
      ...stones.flatMap(({ attributes, children }) => {
        const { ref = '', when = '' } = Object.fromEntries(attributes)
        const twice = repeated(children.map(({ local }) => local))
        return [
          ...uriFaults(ref),
          ...dateFaults3339(when),
          ...twice
            .filter((name) => ['by', 'comment'].includes(name))
            .map((name) => `two at:${name}`),
          ...((living.get(ref) ?? '') > when ? [`${ref} lives on`] : []),
        ]
      }),
    ]
  },
}

const textConstructs = ['title', 'subtitle', 'summary', 'rights', 'content']
const manyElements = ['entry', 'link', 'category', 'author', 'contributor', 'at:deleted-entry']
const shared = ['author', 'category', 'contributor', 'id', 'link', 'rights', 'title', 'updated']
const feedElements = [...shared, 'generator', 'icon', 'logo', 'subtitle', 'entry']
const entryElements = [...shared, 'content', 'published', 'source', 'summary']

function undefinedIn({ name, children }: XmlElement, known: readonly string[]): string[] {
  return children
    .filter(({ uri, local }) => uri === namespaceUris.atom && !known.includes(local))
    .map(({ local }) => `UndefinedElement: ${local} in ${name}`)
}

function isAtom(name: string): (element: XmlElement) => boolean {
  return ({ local, uri }) => local === name && uri === namespaceUris.atom
}

function relOf(attributes: XmlElement['attributes']): string {
  return attributes.get('rel') ?? 'alternate'
}
