import { withoutIllegal } from '@newswire/model'
import sanitizeHtml from 'sanitize-html'

const cellAttributes = ['colspan', 'rowspan']

/** Blocks that keep their paragraphs apart under a name that is allowed. */
const blockNames: Readonly<Record<string, string>> = {
  h1: 'h2',
  h5: 'h4',
  h6: 'h4',
  section: 'div',
  article: 'div',
  main: 'div',
  header: 'div',
  footer: 'div',
  figure: 'div',
  center: 'div',
  figcaption: 'p',
  address: 'p',
  dt: 'p',
  dd: 'p',
}

const options: sanitizeHtml.IOptions = {
  allowedTags:
    'p div br h2 h3 h4 ul ol li a em strong b i u sub sup blockquote pre code table caption thead tbody tfoot tr th td'.split(
      ' ',
    ),
  allowedAttributes: { a: ['href', 'rel'], th: cellAttributes, td: cellAttributes },
  allowedSchemes: ['http', 'https'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags:
    'script style textarea option noscript template iframe object svg math head title'.split(' '),
  nestingLimit: 50,
  transformTags: {
    ...blockNames,
    a: (tagName, attributes) => ({
      tagName,
      attribs: { ...attributes, rel: 'nofollow noopener noreferrer' },
    }),
  },
}

const emptyParagraphs = /<p>(?:\s|&nbsp;|<br \/>)*<\/p>\n?/gu
const emptyInside =
  /<(?<name>li|a|em|strong|b|i|u|h[234]|blockquote|pre)(?: [^<>]*)?>\s*<\/\k<name>>/gu
const emptyLists = /<(?<name>ul|ol|div)>\s*<\/\k<name>>/gu

/**
 * HTML that is fit to be shown anywhere: a short list of tags, links to http and https only, no
 * pictures (they are kept as media), nothing that runs. It runs last, on whatever the steps before
 * it made. The result is never put into NFC: that would melt a `>` with an accent after it.
 */
export function sanitise(html: string): string {
  const safe = sanitizeHtml(withoutIllegal(html), options)
  return withoutIllegal(safe)
    .replace(emptyInside, '')
    .replace(emptyParagraphs, '')
    .replace(emptyLists, '')
    .trim()
}
