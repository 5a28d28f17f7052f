/** A dateline stands within so many characters of a text, one of an agency within fewer. */
const charsMax = 160
const agencyCharsMax = 120
/** As press wires sign, or with a dash of its own between spaces. */
const wirePattern =
  /^[^\n]{2,120}?(?:\((?:ots|OTS|news aktuell)[^)]*\)|\/PRNewswire[^/\n]*\/|\s(?:--|—|–)\s)/u
/** As they sign. */
const agencies =
  'dpa|AFX|APA|AFP|AP|Reuters|ANSA|askanews|Adnkronos|AGI|LaPresse|EFE|Europa Press|KNA|epd|sid|' +
  'SID|ATS|Keystone|SDA|sda|awp|PTI|ANI|IANS|TASS|Xinhua|Bloomberg|UPI|PA|Belga|ots|OTS|CNN'
/** Of a place or a date. */
const word =
  "(?:\\p{Lu}[\\p{L}.'’-]*|\\d{1,2}\\.?(?: \\p{L}{3,9}\\.?)?|a[mn]|der|d[aeiou]|del|l[ae])"
/**
 * "Berlin (dpa) - ", "PARIS, March 3 (Reuters) - ", "Roma, 3 mar. (askanews) – ": places, perhaps
 * a date, an agency in brackets, a dash.
 */
const agencyPattern = new RegExp(
  `^\\s*\\p{Lu}[\\p{L}.'’-]*(?:[ ,/]{1,3}${word}){0,9} \\((?:${agencies})\\b[^)\\n]{0,30}\\)` +
    '\\s?\\.?\\s?(?:--?|–|—|:)?',
  'u',
)
/** "VIENNA, Feb 26 - ". */
const day = '(?:\\p{Lu}[\\p{L}.]{2,9} \\d{1,2}|\\d{1,2} [\\p{L}.]{3,10})'
const datePattern = new RegExp(`^\\s*\\p{Lu}{2}[\\p{Lu} .,'’/-]{1,60}, ${day},? ?(?:--?|–|—) `, 'u')

/** Where a dateline that nobody took off a text ends; 0 where it has none. */
export function datelineEnd(text: string): number {
  const start = text.slice(0, charsMax)
  const near = start.slice(0, agencyCharsMax)
  const found = agencyPattern.exec(near) ?? datePattern.exec(near) ?? wirePattern.exec(start)
  return found?.[0].length ?? 0
}
