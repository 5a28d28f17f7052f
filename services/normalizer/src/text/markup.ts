import { escapeHtml } from '@newswire/model'

const bullet = /^(?:[•●▪◦‣*·]|--|[-–—])\s+/u

/** Plain paragraphs as HTML: bullets as lists, line ends as `<br>`. Every sign is escaped. */
export function htmlOf(paragraphs: readonly string[]): string {
  const parts: string[] = []
  let inList = false
  for (const paragraph of paragraphs) {
    const isItem = bullet.test(paragraph)
    if (isItem !== inList) parts.push(isItem ? '<ul>' : '</ul>')
    inList = isItem
    const text = escapeHtml(paragraph.replace(bullet, '')).replaceAll('\n', '<br />')
    parts.push(isItem ? `<li>${text}</li>` : `<p>${text}</p>`)
  }
  if (inList) parts.push('</ul>')
  return parts.join('\n')
}
