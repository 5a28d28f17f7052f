const weekday =
  '(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)'
const someTime = `(?:\\d|${weekday}|noon|midnight|midi|minuit|today|tomorrow|tonight|heute|morgen|demain|mañana|domani|(?:Jan|Feb|M[aä]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])\\p{L}{0,7}\\.?\\s\\d)`
/**
 * Words that say when an embargo ends, in the five languages; the small ones before a time only.
 */
const until = `(?:(?:until|till?|bis|jusqu[’'e]?|hasta|fino|sino)(?!\\p{Ll}{2})|(?:to|for|before|ab|am|au|le|el|al|alle|lifts?|lifted|ends?|endet|expires?)\\s(?=[^.\\n]{0,25}${someTime}))`
const ends = '(?=\\s*(?:$|[\\]\\)*!.]|[-\\u2010-\\u2015]\\s))'
const says = `(?=[\\s:,\\-\\u2010-\\u2015(]{0,4}(?:${until}|${someTime}))`

/** `Sperrfrist`, `Presse-Sperrfrist`, `S P E R R F R I S T`. */
const sperrfrist = '(?:(?:Presse|Medien|Sende)-?)?S ?p ?e ?r ?r[ -]?f ?r ?i ?s ?t'
const embargo = '(?:(?:media|press|news|Presse|Medien)[\\s-])?E ?M ?B ?A ?R ?G ?O'
/** What may stand between the word and its date. */
const embargoLabel =
  '(?:-?frist|-?ende|(?:\\s+(?:date|time|notice|period|lift|ending|expiry|release|presse|stampa|prensa|in\\s+place))){0,3}'
const strict = '(?:\\s+(?:strict|total|stretto|totale|estricto))?'
/** A term of law: `Sperrfrist von zwei Jahren`, `Sperrfrist bis zur Neuerteilung`. */
const noTerm =
  '(?!\\s*:?\\s*(?:von\\s+)?(?:\\p{L}+|\\d+)\\s+(?:Jahr|Monat|Woche|Tag)|[^.\\n]{0,100}(?:Fahrerlaubnis|Führerschein|Neuerteilung))'

/** What stands for an embargo only at the beginning of a line, a bracket or a sentence. */
const openers: readonly string[] = [
  `${sperrfrist}${noTerm}(?=\\s*(?:$|[:!.(\\d\\]\\)*]|[-\\u2010-\\u2015]|(?:bis|ab|am|heute|morgen|endet|läuft|für alle|${weekday})(?!\\p{L})))`,
  'Sperrvermerk(?=\\s*(?:$|[:!]))',
  `Frei\\s+für\\s+(?:(?:die|alle|den|ab)\\s+){0,2}(?:\\p{L}{0,20}ausgabe|Veröffentlichung|Presse|Print|Online|Hörfunk|${weekday}|\\d{1,2}\\.)`,
  'Frei\\s+zur\\s+Veröffentlichung(?=[^.\\n]{0,60}\\d)',
  `Frei\\s+ab(?=\\s+(?:\\d{1,2}(?!\\d?\\s*Jahre)|${weekday}))`,
  'Nicht\\s+vor(?=[^\\n]{0,90}(?:veröffentlich|verbreit|verwend|senden))',
  'Nicht\\s+zur\\s+(?:Veröffentlichung|Verwendung|Verbreitung)\\s+vor(?!\\p{L})',
  '(?:Zur\\s+)?Veröffentlichung\\s+(?:frei\\s+|erst\\s+|nicht\\s+)?(?:ab|vor)(?=[^.\\n]{0,40}\\d)',
  `EMBARGOED${says}`,
  'EMBARGOED(?=\\s*(?:$|[\\]\\)*!:.]|[-\\u2010-\\u2015]\\s|(?:content|copy|information|material|news|press|release|report|story)(?!\\p{L})))',
  `(?:STRICT\\s+)?${embargo}${embargoLabel}\\s*[:\\-\\u2010-\\u2015]?\\s*${says}`,
  `${embargo}(?=\\s*(?:$|[\\]\\)*!]))`,
  `(?:UNDER|Unter|Mit)\\s+(?:\\p{L}{1,8}\\s+){0,2}EMBARGO(?:${ends}|(?=\\s*:)|${says})`,
  `(?:Sous|Sotto|Bajo)\\s+embargo${strict}(?:${ends}|(?=\\s*:)|${says})`,
  `Embargad[oa]s?${says}`,
  'Hold\\s+for\\s+release',
]
/** What stands for an embargo wherever it stands among the first and last paragraphs. */
const anywhere: readonly string[] = [
  `${sperrfrist}${noTerm}(?=\\s*:|\\s+bis\\s)`,
  'beachte\\p{L}*\\s+(?:\\p{L}+\\s+){0,4}Sperrfrist',
  'Sperrfrist\\s+(?:zu\\s+)?beachten',
  '(?:unter|mit|unterliegt\\s+einer)\\s+Sperrfrist(?!\\p{L})',
  'zur\\s+Veröffentlichung\\s+gesperrt',
  '(?:strictly|strict)\\s+(?:under\\s+)?embargo(?:ed)?(?!\\p{L})',
  'embargoed\\s+(?:until|till)(?!\\p{L})',
  'under\\s+(?:\\p{L}{1,8}\\s+){0,2}embargo\\s+(?:until|till)(?!\\p{L})',
  'not\\s+(?:for|to\\s+be)\\s+(?:\\p{L}+,?\\s+){0,2}(?:releas|publi|broadcast|us|distribut)\\p{L}*,?\\s+(?:\\p{L}+\\s+){0,3}?(?:before|until|till|prior\\s+to)(?!\\p{L})',
  'do\\s+not\\s+(?:publish|release|broadcast|use|distribute|post)\\s+(?:\\p{L}+\\s+){0,3}?(?:before|until|till|prior\\s+to)(?!\\p{L})',
  `sous\\s+embargo${strict}\\s*(?:jusqu|:)`,
  `sotto\\s+embargo${strict}\\s*(?:[fs]ino|:)`,
  `bajo\\s+embargo${strict}\\s*(?:hasta|:)`,
  'unter\\s+(?:\\p{L}{1,8}\\s+)?embargo\\s+bis(?!\\p{L})',
  'embargad[oa]s?\\s+hasta(?!\\p{L})',
  'ne\\s+pas\\s+(?:publier|diffuser)\\s+(?:\\p{L}+\\s+){0,3}?(?:avant|jusqu)',
  'non\\s+(?:pubblicare|diffondere|divulgare)\\s+(?:\\p{L}+\\s+){0,3}?prima',
  'no\\s+(?:publicar|difundir|divulgar)\\s+(?:\\p{L}+\\s+){0,3}?(?:antes|hasta)',
]
/** An embargo only with a day and a time that are still to come: else they are anybody's words. */
const timedOpeners: readonly string[] = [
  'Zur\\s+Verwendung\\s+(?:erst\\s+)?ab(?!\\p{L})',
  `(?:Veröffentlichung\\s+)?frei\\s*:(?=\\s*(?:\\d|${weekday}))`,
  'Da\\s+(?:diffondere|pubblicare)\\s+(?:dopo|dal)(?!\\p{L})',
  '(?:Presse-?|Text|Sende)?freigabe\\s*(?::|(?:erst\\s+)?ab(?!\\p{L}))',
  'Gesperrt\\s+bis(?=[^:\\n]{0,50}$)',
  '(?:Verwendung|Verbreitung|Ausstrahlung|Abdruck|Nutzung|Weitergabe)\\s+(?:erst|nicht|frühestens)\\s+(?:ab|vor)(?!\\p{L})',
  '(?:Streng\\s+)?Vertraulich\\s+bis(?!\\p{L})',
  '(?:Strictly\\s+)?confidential\\s+(?:until|till)(?!\\p{L})',
  'Hold\\s+(?:until|till)(?!\\p{L})',
  'For\\s+(?:publication|broadcast|use|online\\s+use)\\s*(?::|(?:on|at|from|after)(?!\\p{L}))',
  'Release\\s*(?:date|time|date\\s+and\\s+time)?\\s*(?::|(?:after|on|at|not\\s+before)(?!\\p{L}))',
  'Diffusion\\s+(?:interdite\\s+avant|autorisée\\s+(?:à\\s+partir|dès|le))(?!\\p{L})',
  'Embargo\\s+levé(?!\\p{L})',
  "(?:Fin|Levée|Fine|Ende)\\s+(?:de\\s+l[’']|dell?[’']?|des\\s+)\\s*embargos?\\s*:",
]
const bans =
  'arms|armes|weapons|trade|oil|gas|grain|import|export|economic|Cuban?|U\\.?S\\.?|American|lifted\\s+the'
const timedAnywhere: readonly string[] = [
  `(?<!(?:${bans})\\s)embargo(?!\\p{L}|\\s+(?:on|against|sur|contre|sull\\p{L}|contro|contra|gegen|auf|de|d[’']|am\\p{L}{5}|comer|comm)|s)`,
  '(?:may|must|shall)\\s+not\\s+be\\s+(?:publ|releas|broadcast|distribut|us|reproduc)\\p{L}*\\s+(?:\\p{L}+\\s+){0,3}?(?:before|until|till|prior\\s+to)(?!\\p{L})',
  '(?:\\p{L}{0,12}mitteilung|Meldung|Text|Bericht|Studie)\\s+ist\\s+bis(?=[^\\n]{0,60}gesperrt)',
  `${sperrfrist}${noTerm}(?!\\p{L}|\\s+(?:abgelaufen|aufgehoben))`,
  'nicht\\s+vor(?=[^\\n]{0,90}(?:veröffentlich|verbreit|verwend|senden))',
  '(?:the|this|press|media|news)\\s+embargo\\s+(?:lifts|ends|expires|is\\s+lifted|will\\s+(?:lift|end|expire|be\\s+lifted))',
  "l[’']embargo\\s+(?:sera\\s+levé|est\\s+levé|prend(?:ra)?\\s+fin)",
  'embargo\\s+vence',
]
const lead =
  '(?:(?:ACHTUNG|ATTENTION|HINWEIS|WICHTIG|NOTE|NOTICE|IMPORTANT|BITTE BEACHTEN)[^\\p{L}\\d\\n]{1,4})?'
const start = `(?:^|(?<=[\\[(*#|]|\\s[-\\u2010-\\u2015]|[.!?:]\\s))[^\\p{L}\\p{N}\\n]{0,8}${lead}`

/** In capitals the bare word with a colon is a notice; otherwise it may be a title. */
const capitals = new RegExp(`${start}EMBARGO(?:ED)?\\s*:`, 'u')
const opens = new RegExp(`${start}(?:${openers.join('|')})`, 'iu')
const timedOpens = new RegExp(`${start}(?:${timedOpeners.join('|')})`, 'iu')
const timedStands = new RegExp(`(?<!\\p{L})(?:${timedAnywhere.join('|')})`, 'iu')
const stands = new RegExp(`(?<!\\p{L})(?:${anywhere.join('|')})`, 'iu')
/** `FOR RELEASE June 24, 2026`: an embargo only if that is still to come. */
const release =
  /(?:^\W{0,4}|[[(]\s?)(?:for|not for) (?:press |media |news |public )?release\s*(?::|at|on|after|from|\d|(?=\p{L}{3,9}\.? \d))/iu
/** Cheap: no form above matches where none of these words stands. */
const hint =
  /embarg|E M B A R G O|sperr[ -]?frist|S P E R R|(?:vertraulich|confidential|hold)\s+(?:bis|until|till)|diffusion\s+[ai]|(?:verwendung|verbreitung|ausstrahlung|abdruck|nutzung|weitergabe)\s+(?:erst|nicht|frü)|freigabe|for\s+(?:publ|broad|use|online)|sperrvermerk|gesperrt|frei[\s:]|(?:may|must|shall)\s+not\s+be|verwendung\s+ab|da\s+(?:diff|pubb)|nicht\s+vor|veröffentlichung|release|not\s+(?:for|to)\s|do\s+not\s|ne\s+pas\s|non\s+(?:pubb|diff|divu)|no\s+(?:pub|dif|div)/iu

/** `release` counts only with a day to come, `timed` only with a time to come. */
export type NoticeKind = 'embargo' | 'release' | 'timed'

export interface NoticeMatch {
  kind: NoticeKind
  /** Whether the words open a sentence, rather than stand in one. */
  opens: boolean
  start: number
  end: number
}

/** Whether a text may hold a notice at all. */
export function mayHoldNotice(text: string): boolean {
  return hint.test(text)
}

/**
 * The words of an embargo in one line. `isEdge` is true among the first and last paragraphs of a
 * release, where it counts in the middle of a sentence too.
 */
export function noticeIn(line: string, isEdge: boolean): NoticeMatch | undefined {
  const opening = opens.exec(line) ?? capitals.exec(line)
  if (opening) return matchOf('embargo', opening, true)
  const standing = isEdge ? stands.exec(line) : null
  if (standing) return matchOf('embargo', standing, false)
  const released = isEdge && !/immediate/i.test(line) ? release.exec(line) : null
  if (released) return matchOf('release', released, true)
  return isEdge ? timedIn(line) : undefined
}

function timedIn(line: string): NoticeMatch | undefined {
  if (!/\d/.test(line)) return undefined
  const opening = timedOpens.exec(line)
  if (opening) return matchOf('timed', opening, true)
  const standing = timedStands.exec(line)
  return standing ? matchOf('timed', standing, false) : undefined
}

function matchOf(kind: NoticeKind, match: RegExpExecArray, isOpening: boolean): NoticeMatch {
  const { index } = match
  return { kind, opens: isOpening, start: index, end: index + match[0].length }
}
