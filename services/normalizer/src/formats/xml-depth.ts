/** Sections whose signs are no tags, by how they begin and end. */
const sections: readonly (readonly [string, string])[] = [
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
]
const tag = /<(?<close>\/?)[\p{L}_][^<>]*?(?<empty>\/?)>/uy

/**
 * Whether elements are nested deeper than `depthMax`, told without building a tree: that takes
 * quadratic time on elements that never end.
 */
export function isDeeperThan(depthMax: number, xml: string): boolean {
  let depth = 0
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const section = sections.find(([begin]) => xml.startsWith(begin, at))
    if (section) {
      const end = xml.indexOf(section[1], at)
      if (end < 0) return false
      at = end
      continue
    }
    tag.lastIndex = at
    const groups = tag.exec(xml)?.groups
    if (groups?.['close'] === '/') depth -= 1
    else if (groups?.['empty'] === '') depth += 1
    if (depth > depthMax) return true
    at += 1
  }
  return false
}
