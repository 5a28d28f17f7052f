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
  if (item.body.text.length <= teaserCharsMax) return item
  // Cut at a word, so that no half word is shown and no surrogate pair is split.
  const kept = item.body.text.slice(0, teaserCharsMax).replace(/\s+\S*$/, '')
  const { contact: _, ...rest } = item
  return {
    ...rest,
    body: { html: `<p>${escapeHtml(kept)} …</p>`, text: `${kept} …`, complete: false },
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

/**
 * Text without the characters that XML 1.0 (section 2.2) forbids, which make a whole feed
 * unreadable: C0 controls but tab, LF and CR, lone surrogates, U+FFFE and U+FFFF.
 */
export function withoutIllegal(text: string): string {
  let clean = ''
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const width = legalWidth(text, at)
    if (width === 0) {
      clean += text.slice(from, at)
      from = at + 1
    } else {
      at += width - 1
    }
  }
  return from === 0 ? text : clean + text.slice(from)
}

/** 1 or 2 code units of a legal character, 0 where XML forbids what stands there. */
function legalWidth(text: string, at: number): 0 | 1 | 2 {
  const unit = text.charCodeAt(at)
  if (unit < 0x20) return unit === 0x09 || unit === 0x0a || unit === 0x0d ? 1 : 0
  if (unit < 0xd800) return 1
  if (unit > 0xdfff) return unit < 0xfffe ? 1 : 0
  const next = text.charCodeAt(at + 1)
  return unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff ? 2 : 0
}
