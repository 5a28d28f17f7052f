import type { TaggedItem } from './item.js'
import type { Tag } from './tag.js'

/** How much of a *teaser only* release leaves the house. */
export const teaserCharsMax = 300

/**
 * The item with only what its status and rights let out: a withdrawn one has no word of its text,
 * a *teaser only* one a teaser. Every output goes through here.
 */
export function outward(item: TaggedItem): TaggedItem {
  if (item.status !== 'usable') return withoutText(item)
  if (item.rights === 'teaser') return asTeaser(item)
  return item
}

function withoutText(item: TaggedItem): TaggedItem {
  const { contact: _, subheadline: __, ...rest } = item
  return {
    ...rest,
    body: { html: '', text: '', complete: item.body.complete },
    links: [],
    media: [],
    tags: item.tags.map((tag) => ({ ...tag, evidence: [] })),
  }
}

function asTeaser(item: TaggedItem): TaggedItem {
  const { text } = item.body
  const isShort = text.length <= teaserCharsMax
  // Cut at a word, so that no half word is shown and no surrogate pair is split.
  const kept = isShort ? text : text.slice(0, teaserCharsMax).replace(/\s+\S*$/, '')
  const shown = isShort ? kept : `${kept} …`
  const { contact: _, subheadline: __, ...rest } = item
  return {
    ...rest,
    body: { html: `<p>${escapeHtml(shown)}</p>`, text: shown, complete: false },
    links: [],
    media: [],
    tags: item.tags.map((tag) => withEvidenceWithin(tag, kept.length)),
  }
}

function withEvidenceWithin(tag: Tag, charsMax: number): Tag {
  const evidence = tag.evidence.filter(({ field, end }) => field !== 'text' || end <= charsMax)
  return { ...tag, evidence }
}

/** Text as HTML and XML character data or attribute value. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

const forbiddenUnits = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0xfffe, 0xffff],
] as const
const forbidden = new RegExp(
  `[${forbiddenUnits.map((range) => range.map((unit) => String.fromCharCode(unit)).join('-')).join('')}]`,
  'g',
)
const loneSurrogate = /\p{Surrogate}/gu

/**
 * Text without the characters that XML 1.0 (section 2.2) forbids, which make a whole feed
 * unreadable: C0 controls but tab, LF and CR, lone surrogates, U+FFFE and U+FFFF.
 */
export function withoutIllegal(text: string): string {
  const clean = text.search(forbidden) < 0 ? text : text.replace(forbidden, '')
  return clean.isWellFormed() ? clean : clean.replace(loneSurrogate, '')
}
