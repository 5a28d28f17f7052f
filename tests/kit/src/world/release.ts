import { goodOf, issuerOf, type Language, seatOf, targetOf, written } from './words.js'

/** `na`: news aktuell, `prn`: PR Newswire. */
export type Wire = 'na' | 'prn'

/** A release of the world, in all of its texts. */
export interface Release {
  /** 0, 1, …; every text carries it in its mark. */
  readonly number: number
  readonly wire: Wire
  readonly language: Language
  /** The wire's own number of the story. */
  readonly wireId: string
  readonly issuer: string
  readonly title: string
  /** As the dateline has it. */
  readonly seat: string
  readonly published: Date
}

export interface ReleaseOptions {
  readonly number: number
  readonly wire: Wire
  readonly language: Language
  readonly published: Date
}

const monthsShort = 'Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.'.split(' ')
const monthsFr = [
  'janvier février mars avril mai juin',
  'juillet août septembre octobre novembre décembre',
].flatMap((line) => line.split(' '))
const teaserCharsMax = { na: 245, prn: 290 } as const

export function releaseOf({ number, wire, language, published }: ReleaseOptions): Release {
  const issuer = issuerOf(language, number)
  const amount = written(language, 1_000 + ((number * 7_919) % 90_000))
  const good = goodOf(language, number * 3 + Math.floor(number / 7))
  const target = targetOf(number * 5 + Math.floor(number / 11))
  const title = {
    de: `${issuer} liefert ${amount} ${good} nach ${target}`,
    en: `${issuer} ships ${amount} ${good} to ${target}`,
    fr: `${issuer} livre ${amount} ${good} à ${target}`,
  }[language]
  const seat = seatOf(language, number)
  const wireId = String((wire === 'na' ? 5_000_000 : 301_000_000) + number)
  return { number, wire, language, wireId, issuer, title, seat, published }
}

/** What tells one text of one release from every other, wherever it shows. */
export const markOf = (release: Pick<Release, 'number'>, text: number) =>
  `Q${release.number}V${text}Q`
/** All marks in what the outside shows, in the order in which they stand. */
export const marksIn = (shown: string): string[] => shown.match(/Q\d+V\d+Q/g) ?? []

/** The item's id in Newswire. */
export const itemIdOf = ({ wire, wireId }: Pick<Release, 'wire' | 'wireId'>) => `${wire}-${wireId}`

/** The address of the release's page, as the wire writes it. */
export function pageOf({
  wire,
  wireId,
  title,
}: Pick<Release, 'wire' | 'wireId' | 'title'>): string {
  if (wire === 'na') return `https://www.presseportal.de/pm/${Number(wireId) % 900}/${wireId}`
  return `https://www.prnewswire.com/news-releases/${slugOf(title)}-${wireId}.html`
}

/** `26.11.2026` or `26-Nov-2026`. */
export function dayOf({ published, language }: Pick<Release, 'published' | 'language'>): string {
  const day = String(published.getUTCDate()).padStart(2, '0')
  const month = published.getUTCMonth()
  const year = published.getUTCFullYear()
  if (language === 'en') return `${day}-${monthsShort[month]?.slice(0, 3)}-${year}`
  if (language === 'fr') return `${published.getUTCDate()} ${monthsFr[month]} ${year}`
  return `${day}.${String(month + 1).padStart(2, '0')}.${year}`
}

export function datelineOf({ wire, seat, published, language }: Release): string {
  if (wire === 'na') return `${seat} (ots) - `
  const day = published.getUTCDate()
  const month = published.getUTCMonth()
  const year = published.getUTCFullYear()
  if (language === 'fr') return `${seat}, ${day} ${monthsFr[month]} ${year} /PRNewswire/ -- `
  return `${seat}, ${monthsShort[month]} ${day}, ${year} /PRNewswire/ -- `
}

/** The paragraphs of one text; `text` counts the release's texts from 1. */
function paragraphsOf(release: Release, text: number): string[] {
  const mark = markOf(release, text)
  const { title, issuer } = release
  const months = 6 + ((release.number + text * 5) % 30)
  return {
    de: [
      `${title}. Das Aktenzeichen ist ${mark}. Der Auftrag läuft über ${months} Monate, heißt es.`,
      `Die ${issuer} beschäftigt „vor Ort“ eigene Fachkräfte und prüft jedes Stück zweimal.`,
      `Nach ${months} Monaten ist auch die Wartung fällig; über den Preis schweigen beide Seiten.`,
    ],
    en: [
      `${title}. The file number is ${mark}. The contract runs for ${months} months, it says.`,
      `${issuer} employs its own people on the spot and checks each piece twice before it leaves.`,
      `After ${months} months the first service is due; neither side says a word about the price.`,
    ],
    fr: [
      `${title}. Le dossier porte le numéro ${mark}. Le contrat court sur ${months} mois.`,
      `${issuer} emploie ses propres équipes sur place et contrôle deux fois chaque pièce.`,
      `Après ${months} mois viendra le premier entretien ; le prix reste secret des deux côtés.`,
    ],
  }[release.language]
}

/** The paragraphs with the dateline before the first. */
export function textOf(release: Release, text: number): string[] {
  const [lead = '', ...rest] = paragraphsOf(release, text)
  return [datelineOf(release) + lead, ...rest]
}

/** As feeds show a text: one line, cut at a word. */
export function teaserOf(wire: Wire, paragraphs: readonly string[]): string {
  const whole = paragraphs.join(' ')
  const charsMax = teaserCharsMax[wire]
  if (whole.length <= charsMax) return whole
  return `${whole.slice(0, whole.lastIndexOf(' ', charsMax))} ...`
}

const slugOf = (title: string) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
