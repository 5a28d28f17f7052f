/** Month names and their usual short forms, without accents and final dots. */
const monthNames: readonly (readonly string[])[] = [
  [
    'january',
    'jan',
    'januar',
    'janner',
    'janvier',
    'janv',
    'enero',
    'ene',
    'gennaio',
    'gen',
    'janeiro',
    'januari',
  ],
  [
    'february',
    'feb',
    'februar',
    'feber',
    'fevrier',
    'fevr',
    'febrero',
    'febbraio',
    'febr',
    'fevereiro',
    'februari',
  ],
  ['march', 'mar', 'marz', 'mars', 'marzo', 'maerz', 'mrz', 'marco', 'maart', 'mrt'],
  ['april', 'apr', 'avril', 'avr', 'abril', 'abr', 'aprile'],
  ['may', 'mai', 'mayo', 'maggio', 'mag', 'maio', 'mei'],
  ['june', 'jun', 'juni', 'juin', 'junio', 'giugno', 'giu', 'junho'],
  ['july', 'jul', 'juli', 'juillet', 'juil', 'juill', 'julio', 'luglio', 'lug', 'julho'],
  ['august', 'aug', 'aout', 'agosto', 'ago', 'augustus'],
  [
    'september',
    'sep',
    'sept',
    'septembre',
    'septiembre',
    'setiembre',
    'settembre',
    'set',
    'setembro',
  ],
  ['october', 'oct', 'oktober', 'okt', 'octobre', 'octubre', 'ottobre', 'ott', 'outubro'],
  ['november', 'nov', 'novembre', 'noviembre', 'novembro'],
  ['december', 'dec', 'dezember', 'dez', 'decembre', 'diciembre', 'dic', 'dicembre', 'dezembro'],
]

const monthByName = new Map(
  monthNames.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
)

/** Weekdays from Sunday on, and their usual short forms, folded like the months. */
const weekdayNames: readonly (readonly string[])[] = [
  ['sunday', 'sun', 'sonntag', 'so', 'dimanche', 'dim', 'domingo', 'domenica'],
  ['monday', 'mon', 'montag', 'mo', 'lundi', 'lun', 'lunes', 'lunedi'],
  ['tuesday', 'tue', 'tues', 'dienstag', 'di', 'mardi', 'martes', 'martedi'],
  ['wednesday', 'wed', 'mittwoch', 'mi', 'mercredi', 'mer', 'miercoles', 'mie', 'mercoledi'],
  ['thursday', 'thu', 'thurs', 'donnerstag', 'do', 'jeudi', 'jeu', 'jueves', 'jue', 'giovedi'],
  ['friday', 'fri', 'freitag', 'fr', 'vendredi', 'ven', 'viernes', 'vie', 'venerdi'],
  ['saturday', 'sat', 'samstag', 'sonnabend', 'sa', 'samedi', 'sam', 'sabado', 'sabato'],
]
const weekdayByName = new Map(
  weekdayNames.flatMap((names, index) => names.map((name) => [name, index] as const)),
)

/** 1 to 12 for a month's name in English, German, French, Spanish, Italian, Portuguese, Dutch. */
export function monthOf(name: string): number | undefined {
  return monthByName.get(foldedName(name))
}

/** 0 (Sunday) to 6 for a weekday's name in the same languages. */
export function weekdayOf(name: string): number | undefined {
  return weekdayByName.get(foldedName(name))
}

function foldedName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}+/gu, '')
  return plain.toLowerCase().replace(/\.$/, '')
}

/** Whether the calendar has this day. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1
}

/** `YYYY-MM-DD`. */
export function dayText(year: number, month: number, day: number): string {
  return [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-')
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
