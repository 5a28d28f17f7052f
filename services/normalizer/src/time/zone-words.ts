import { isKnownZone } from './zones.js'

export interface ZoneToken {
  /** As `instantOf` reads it; a zone that nobody knows makes the time unreadable. */
  zone: string
  end: number
}

const before = '^[\\s,]*[(\\[]?\\s*'
const offset = new RegExp(
  `${before}(?<zone>(?:GMT|UTC)\\s?[+\\-\\u2212]\\s?\\d{1,2}(?::?\\d{2})?|[+\\-\\u2212]\\d{2}:?\\d{2})\\)?`,
  'u',
)
/** `ET`, `E.D.T.`, `MESZ`: in capitals, since `et` and `west` are words. */
const name = new RegExp(
  `${before}(?:U\\.?S\\.?\\s)?(?<zone>(?:[A-Z]\\.){2,4}|[A-Z]{1,5})(?![\\p{L}\\d])\\)?`,
  'u',
)
const spoken: readonly { form: RegExp; zone: string }[] = [
  [
    'Central European(?: Summer| Standard)? Time|mitteleuropäische[rn]? (?:Sommer)?zeit',
    'Europe/Berlin',
  ],
  [
    '(?:US |U\\.S\\. )?Eastern(?: Standard| Daylight)?(?: Time)?|New York(?:er)? (?:time|Zeit)|heures? de New York|hora de Nueva York',
    'America/New_York',
  ],
  ['(?:US |U\\.S\\. )?Central(?: Standard| Daylight)? Time', 'America/Chicago'],
  ['(?:US |U\\.S\\. )?Mountain(?: Standard| Daylight)? Time', 'America/Denver'],
  ['(?:US |U\\.S\\. )?Pacific(?: Standard| Daylight)? Time', 'America/Los_Angeles'],
  [
    '(?:London|UK|U\\.K\\.|British(?: Summer)?) time|heure de Londres|Londoner Zeit',
    'Europe/London',
  ],
  ['Greenwich Mean Time|(?:Coordinated )?Universal Time|temps universel', 'UTC'],
  ['(?:Berlin(?:er)?|German|deutsche[rn]?) (?:time|Zeit)', 'Europe/Berlin'],
  ['(?:Paris|French) time|heures? (?:de Paris|française)', 'Europe/Paris'],
  ['(?:Brussels) time|heures? de Bruxelles', 'Europe/Brussels'],
  [
    '(?:Swiss|Zurich|Geneva) time|Schweizer Zeit|heures? (?:suisse|de (?:Genève|Berne|Zurich))',
    'Europe/Zurich',
  ],
  ['(?:Vienna) time|Wiener Zeit', 'Europe/Vienna'],
  ['(?:Rome|Italian) time|ora (?:italiana|di Roma)', 'Europe/Rome'],
  ['(?:Madrid|Spanish) time|hora (?:de Madrid|peninsular|española)', 'Europe/Madrid'],
  ['(?:Tokyo|Japan) (?:standard )?time', 'Asia/Tokyo'],
  ['(?:Beijing|China|Shanghai) (?:standard )?time', 'Asia/Shanghai'],
  ['(?:Hong Kong) time', 'Asia/Hong_Kong'],
  ['(?:Singapore) time', 'Asia/Singapore'],
].map(([words = '', zone = '']) => ({
  form: new RegExp(`${before}(?:${words})(?!\\p{L})\\)?`, 'iu'),
  zone,
}))
/** Says that there is a zone, but not which. */
const localTime =
  /^[\s,]*\(?\s*(?:(?:local time|Ortszeit|heure locale|hora local|ora locale|\p{Lu}\p{L}+ time|(?:\p{L}+er )?Zeit)(?!\p{L})|(?:heures?|hora|ora) (?:de|d[’']|di|del?) ?(?=\p{L}{3}))\)?/iu
/**
 * A place behind a time says whose clock it is. Wires write the places of datelines in capitals.
 */
const clockPlace =
  /^,?\s\(?(?:in\s)?(?:Auckland|Bangkok|Beijing|Boston|Brussels|Chicago|Delhi|Dubai|Frankfurt|Geneva|Hong Kong|London|Los Angeles|Madrid|Melbourne|Mumbai|New York|Paris|Peking|Rome|San Francisco|Seoul|Shanghai|Singapore|Sydney|Tokyo|Toronto|Washington)(?!\p{L})/u
/** `2 PM (Washington, EDT)`: the zone's name, with no other figure before it. */
const farName =
  /^[^\d\n]{0,30}?(?<!\p{L})(?<zone>UTC|GMT|BST|CES?T|MES?Z|[ECMP][SD]T)(?![\p{L}\d+-])\)?/u
const zoneCharsMax = 48

/** The zone that stands at an offset of a text, right behind a time or a date. */
export function zoneAt(text: string, at: number): ZoneToken | undefined {
  const rest = text.slice(at, at + zoneCharsMax)
  const shift = offset.exec(rest)
  if (shift) return tokenOf(shift, at, shift.groups?.['zone'] ?? '')
  for (const { form, zone } of spoken) {
    const match = form.exec(rest)
    if (match) return tokenOf(match, at, zone)
  }
  const local = localTime.exec(rest)
  if (local) return tokenOf(local, at, 'local')
  const match = name.exec(rest)
  const given = match?.groups?.['zone']?.replaceAll('.', '')
  if (match && given !== undefined && looksLikeZone(given)) {
    return tokenOf(match, at, laterZone(given))
  }
  const far = farName.exec(rest)
  if (far) return tokenOf(far, at, far.groups?.['zone'] ?? '')
  const place = clockPlace.exec(rest)
  return place ? tokenOf(place, at, 'local') : undefined
}

function tokenOf(match: RegExpExecArray, at: number, zone: string): ZoneToken {
  const plain = zone.replace(/\s/g, '').replace('\u2212', '-')
  return { zone: plain, end: at + match[0].length }
}

const noZones = new Set(['SAT', 'SEPT', 'AUGT'])

/** Known, or written as zones are (`PKT`). */
function looksLikeZone(given: string): boolean {
  return isKnownZone(given) || (/^[A-Z]{2,4}T$/.test(given) && !noZones.has(given))
}

/**
 * `IST` is written in Ireland as well as in India: of two readings the later one keeps a secret.
 */
function laterZone(given: string): string {
  return given === 'IST' ? '+01:00' : given
}
