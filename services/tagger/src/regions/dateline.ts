import type { Field } from '../fields.js'

/** A dateline stands within so many characters of a text. */
const charsMax = 120
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

const ends = new WeakMap<Field, number>()

/** Where a field's own dateline ends: what `fieldsOf` found, or what agencies write. */
export function datelineEnd(field: Field): number {
  if (field.datelineTo > 0 || field.name !== 'text') return field.datelineTo
  const known = ends.get(field)
  if (known !== undefined) return known
  const start = field.text.slice(0, charsMax)
  const end = (agencyPattern.exec(start) ?? datePattern.exec(start))?.[0].length ?? 0
  ends.set(field, end)
  return end
}
