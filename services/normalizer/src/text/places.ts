import { oneLine } from './characters.js'

/** Countries that have an *and* inside. */
const wholeNames = [
  'Antigua and Barbuda',
  'Bosnia and Herzegovina',
  'Bosnien und Herzegowina',
  'Bosnien und der Herzegowina',
  'Saint Kitts and Nevis',
  'Saint Vincent and the Grenadines',
  'São Tomé and Príncipe',
  'Trinidad and Tobago',
  'Trinidad und Tobago',
  'Tyne and Wear',
  'Newfoundland and Labrador',
]
const isWhole = new RegExp(`\\b(?:${wholeNames.join('|')})\\b`, 'giu')
/** No dateline names more; a field that is longer holds a text. */
const placeCharsMax = 500
const joined = '\u0000'

/**
 * The names in a dateline's place: `NEW YORK and NOIDA, India` → three. A parenthesis stays with
 * its name (`Frankfurt (Oder)`); a district after a dash is a name of its own.
 */
export function placesOf(raw: string): string[] {
  const guarded = oneLine(raw.slice(0, placeCharsMax)).replace(isWhole, (name) =>
    name.replace(/ /g, joined),
  )
  return guarded
    .split(
      /\s*[,;/，、]\s*|\s+(?:and|und|et|y|e|&)\s+|(?<=\p{Lo})[和及](?=\p{Lo})|\s+[-\u2010-\u2015]\s+(?:OT\s+)?/iu,
    )
    .map((name) =>
      name
        .replaceAll(joined, ' ')
        .replace(/^(?:and|und|et)\s+/i, '')
        .trim(),
    )
    .filter((name) => name !== '')
}
