const bullet = /^(?:[•●▪◦‣*·]|--|[-–—])\s+/u

/**
 * Plain paragraphs as HTML: bullets as lists, line ends as `<br>`. Every sign that could open a tag
 * or an entity is escaped, so that no tag stands in it but the ones that are written here.
 */
export function htmlOf(paragraphs: readonly string[]): string {
  const parts: string[] = []
  let inList = false
  for (const paragraph of paragraphs) {
    const isItem = bullet.test(paragraph)
    if (isItem !== inList) parts.push(isItem ? '<ul>' : '</ul>')
    inList = isItem
    const text = escaped(paragraph.replace(bullet, '')).replaceAll('\n', '<br />')
    parts.push(isItem ? `<li>${text}</li>` : `<p>${text}</p>`)
  }
  if (inList) parts.push('</ul>')
  return parts.join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
