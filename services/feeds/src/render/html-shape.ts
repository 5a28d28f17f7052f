/** Elements that may stand in the HTML of a feed; all others go, their text stays. */
export const blocks = new Set(
  'p div h2 h3 h4 ul ol li blockquote pre table caption thead tbody tfoot tr th td hr'.split(' '),
)
export const inline = new Set('a em strong b i u s sub sup code small br'.split(' '))
export const voids = new Set(['br', 'hr'])
export const headings = new Set(['h2', 'h3', 'h4'])

/** Elements whose content is no text for a reader. */
export const hidden = new Set(
  'script style textarea option noscript template iframe object svg math head title'.split(' '),
)

/** Where text or other elements inside would be moved out of the table by a reader. */
export const tableParts = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr'])
const sections = ['thead', 'tbody', 'tfoot']

/** What each part of a table stands in, and what opens it where that is missing. */
export const parents: Readonly<Record<string, { in: readonly string[]; missing?: string }>> = {
  caption: { in: ['table'] },
  thead: { in: ['table'] },
  tbody: { in: ['table'] },
  tfoot: { in: ['table'] },
  tr: { in: [...sections, 'table'] },
  td: { in: ['tr'], missing: 'tr' },
  th: { in: ['tr'], missing: 'tr' },
}

/** Nothing is closed through these from inside. */
export const walls = new Set(['table', 'td', 'th', 'caption'])
