import {
  issuerKeyOf,
  issuerRelation,
  type Kin,
  type NormalizedItem,
  type Notice,
  type Signature,
  titleKeyOf,
  titleSimilarity,
} from '@newswire/model'

/** Rather no link than a wrong one: what falls short of these stays alone, for a person to join. */
export const namedLimits = {
  /** How long before its notice a release may have been published. */
  windowDays: 30,
  /** Clocks of two feeds differ; a dateline gives a day alone. */
  aheadMs: 3_600_000,
  /** Two zones may write two days. */
  daysApartMax: 1,
  /** Least likeness of titles, from 0 to 1. */
  titleMin: 0.8,
  /** The same where the text tells much the same beside. */
  titleOfSameTextMin: 0.55,
  /** The same where the issuer is not known on both sides. */
  titleAloneMin: 0.95,
  titleAloneWordsMin: 4,
  /** How much better than the next one the best must be. */
  margin: 0.1,
  /** From where on two signatures tell much the same. */
  overlapMin: 0.6,
  overlapPartsMin: 4,
  overlapMargin: 0.2,
  /** A title that lost its beginning on the wire is this much of the whole at least. */
  partMin: 0.6,
} as const

const dayMs = 86_400_000

/** A notice with what its own release says. */
export interface Naming {
  notice: Notice
  id: string
  wire: string
  issuer: string
  headline: string
  published: string
  signature: Signature
}

interface Fit {
  candidate: Kin
  score: number
  daysApart: number
  overlap: number
}

/** Whether a notice may speak of a release of this issuer: of its own, as far as it says whose. */
export function maySpeakOf(
  {
    notice,
    issuer,
  }: { notice: Pick<Notice, 'issuer'>; issuer: Pick<NormalizedItem['issuer'], 'name'> },
  of: string,
): boolean {
  const names = [notice.issuer ?? '', issuer.name].filter((name) => issuerKeyOf(name) !== '')
  if (names.length === 0 || issuerKeyOf(of) === '') return true
  return names.some((name) => issuerRelation(name, of) !== 'none')
}

/** The release that a notice names, among candidates; undefined where none is clearly it. */
export function namedAmong(naming: Naming, candidates: readonly Kin[]): Kin | undefined {
  const fits = candidates.flatMap((candidate) => {
    const fit = fitOf(naming, candidate)
    return fit === undefined ? [] : [fit]
  })
  const [best, ...rest] = fits.toSorted((a, b) => b.score - a.score)
  if (best === undefined) return undefined
  // One item may be known by several titles.
  const others = rest.filter(({ candidate }) => candidate.id !== best.candidate.id)
  const rivals = others.filter(({ score }) => score > best.score - namedLimits.margin)
  if (best.score === 1 && rivals.every(({ score }) => score < 1)) return best.candidate
  return rivals.length === 0 ? best.candidate : clearlyBest([best, ...rivals])
}

/** Titles that come again every week: the day decides, else the text. */
function clearlyBest(fits: readonly Fit[]): Kin | undefined {
  const sameDay = fits.filter(({ daysApart }) => daysApart === 0)
  if (sameDay.length === 1) return sameDay[0]?.candidate
  const [first, second] = fits.toSorted((a, b) => b.overlap - a.overlap)
  if (!first || !second || first.overlap < namedLimits.overlapMin) return undefined
  return first.overlap - second.overlap >= namedLimits.overlapMargin ? first.candidate : undefined
}

function fitOf(naming: Naming, candidate: Kin): Fit | undefined {
  if (candidate.wire !== naming.wire || candidate.id === naming.id) return undefined
  const daysApart = daysApartOf(naming, candidate)
  if (daysApart === undefined) return undefined
  const overlap = overlapOf(naming.signature, candidate.signature)
  const score = titleScoreOf(naming, candidate)
  return score < leastScore(naming, candidate, overlap)
    ? undefined
    : { candidate, score, daysApart, overlap }
}

function leastScore({ notice, issuer }: Naming, candidate: Kin, overlap: number): number {
  const relations = [notice.issuer ?? '', issuer].map((name) =>
    issuerRelation(name, candidate.issuer),
  )
  if (relations.some((relation) => relation !== 'none')) {
    return overlap >= namedLimits.overlapMin ? namedLimits.titleOfSameTextMin : namedLimits.titleMin
  }
  const isKnown = (notice.issuer ?? issuer) !== '' && candidate.issuer !== ''
  const words = titleKeyOf(notice.title ?? '').split(' ').length
  if (isKnown || words < namedLimits.titleAloneWordsMin) return Number.POSITIVE_INFINITY
  return namedLimits.titleAloneMin
}

/** Days between what the notice says and the release; undefined where they can't be the two. */
function daysApartOf(naming: Naming, { published, signature }: Kin): number | undefined {
  const { notice } = naming
  if (notice.date !== undefined) {
    const days = [signature.date, published.slice(0, 10)].flatMap((day) =>
      day === undefined ? [] : [daysBetween(day, notice.date ?? day)],
    )
    const apart = Math.min(...days)
    return apart <= namedLimits.daysApartMax ? apart : undefined
  }
  const age = Date.parse(naming.published) - Date.parse(published)
  const isBefore = age >= -namedLimits.aheadMs || isOfEarlierDay(signature, naming.signature)
  if (!isBefore || age > namedLimits.windowDays * dayMs) return undefined
  return Math.max(0, Math.floor(age / dayMs))
}

/** Texts that tell a day alone are dated by when they came in. */
function isOfEarlierDay(one: Signature, other: Signature): boolean {
  return one.date !== undefined && other.date !== undefined && one.date <= other.date
}

function daysBetween(a: string, b: string): number {
  return Math.abs(Date.parse(a) - Date.parse(b)) / dayMs
}

function titleScoreOf({ notice, headline }: Naming, candidate: Kin): number {
  // Without a title in the notice the corrected release's own is the best guess.
  const wanted = notice.title ?? headline
  const [named, whole] = [titleKeyOf(wanted), titleKeyOf(candidate.headline)]
  if (named === '' || whole === '') return 0
  const isCut = /(?:\.\.\.|…)\s*$/u.test(wanted) || /(?:\.\.\.|…)\s*$/u.test(candidate.headline)
  const isBeginning = whole.startsWith(named) || named.startsWith(whole)
  const part = Math.min(named.length, whole.length) / Math.max(named.length, whole.length)
  if (isCut && isBeginning && Math.min(named.length, whole.length) >= 20) return 0.98
  const isEnding = whole.endsWith(` ${named}`) || named.endsWith(` ${whole}`)
  if (isEnding && part >= namedLimits.partMin) return 0.96
  return titleSimilarity(wanted, candidate.headline)
}

/** 0 to 1: how much of the poorer of two signatures stands in the other; 0 for too few parts. */
function overlapOf(a: Signature, b: Signature): number {
  const [one, other] = [partsOf(a), partsOf(b)]
  const shared = [...one].filter((part) => other.has(part)).length
  const least = Math.min(one.size, other.size)
  return shared < namedLimits.overlapPartsMin ? 0 : shared / least
}

function partsOf({ numbers, names, links }: Signature): Set<string> {
  return new Set([...numbers, ...names, ...links])
}
