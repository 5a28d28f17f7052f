import { issuerRelation, type Kin, type Signature, titleSimilarity } from '@newswire/model'

/** What two releases must have in common to be one; wrong links are to be practically excluded. */
export const storyLimits = {
  /** A translation follows its original by hours; two zones may write two days. */
  hoursApartMax: 48,
  daysApartMax: 1,
  /** Numbers of headline and first sentences. */
  leadSharedMin: 2,
  /** As many are enough with a hint beside. */
  leadManyMin: 3,
  leadLikenessMin: 0.6,
  /** Numbers of the whole text. */
  numbersSharedMin: 4,
  numbersLikenessMin: 0.6,
  /** Names, where the wires say that one carries the other's releases. */
  namesSharedMin: 4,
  namesOverlapMin: 0.5,
  /** Names that support a proof. */
  namesSupportMin: 2,
  /** Titles in one language. */
  titleMin: 0.85,
} as const

/**
 * Why two items tell the same release, as sentences; undefined where that is not sure. Held and
 * withdrawn items tell nothing to others, nor private ones to any but those of their source.
 */
export function sameRelease(a: Kin, b: Kin): string[] | undefined {
  if (!mayBeOne(a, b)) return undefined
  const [one, other] = [a.signature, b.signature]
  if (contradict(one, other)) return undefined
  const { proofs, isManyNumbers } = proofsOf(a, b)
  const [supports, hints] = [supportsOf(one, other), hintsOf(one, other)]
  const isSure =
    proofs.length >= 2 ||
    (proofs.length === 1 && (supports.length > 0 || (isManyNumbers && hints.length > 0)))
  if (!isSure) return undefined
  return [sameIssuer(a, b), 'They are of one day.', ...proofs, ...supports, ...hints]
}

function mayBeOne(a: Kin, b: Kin): boolean {
  if (a.wire === b.wire && a.language === b.language) return false
  if (b.status !== 'usable' || b.embargoUntil !== undefined || isSecret(b, a)) return false
  if (issuerRelation(a.issuer, b.issuer) === 'none') return false
  const hours = Math.abs(Date.parse(a.published) - Date.parse(b.published)) / 3_600_000
  if (hours > storyLimits.hoursApartMax) return false
  const [one, other] = [dayOf(a), dayOf(b)]
  return Math.abs(Date.parse(one) - Date.parse(other)) <= storyLimits.daysApartMax * 86_400_000
}

/** A story shows the id of its first item: a private one is told to its own source's alone. */
function isSecret(b: Kin, a: Kin): boolean {
  return b.private === true && !(a.private === true && a.source === b.source)
}

function dayOf({ signature, published }: Kin): string {
  return signature.date ?? published.slice(0, 10)
}

function sameIssuer(a: Kin, b: Kin): string {
  const isSame = issuerRelation(a.issuer, b.issuer) === 'same'
  return isSame ? 'They have one issuer.' : 'The name of one issuer begins with that of the other.'
}

/** Two texts that open with numbers of their own are two releases, whatever else they share. */
function contradict(a: Signature, b: Signature): boolean {
  const shared = sharedOf(a.lead, b.lead).length
  return shared === 0 && a.lead.length >= 2 && b.lead.length >= 2
}

function proofsOf(a: Kin, b: Kin): { proofs: string[]; isManyNumbers: boolean } {
  const [one, other] = [a.signature, b.signature]
  const lead = sharedOf(one.lead, other.lead)
  const numbers = sharedOf(one.numbers, other.numbers)
  const isLead =
    lead.length >= storyLimits.leadSharedMin &&
    likeness(one.lead, other.lead) >= storyLimits.leadLikenessMin
  const isNumbers =
    numbers.length >= storyLimits.numbersSharedMin &&
    likeness(one.numbers, other.numbers) >= storyLimits.numbersLikenessMin
  const isTitle =
    a.language === b.language && titleSimilarity(a.headline, b.headline) >= storyLimits.titleMin
  const proofs = [
    ...(isLead ? [`They begin with the same numbers: ${lead.slice(0, 6).join(', ')}.`] : []),
    ...(isNumbers ? [`They have ${numbers.length} distinctive numbers in common.`] : []),
    ...(isTitle ? ['Their headlines are alike.'] : []),
    ...(isCarried(one, other) && sharesNames(one, other) ? ['One wire carries the other.'] : []),
  ]
  return { proofs, isManyNumbers: isLead && lead.length >= storyLimits.leadManyMin }
}

/** What two releases of one issuer and day don't have in common by that alone. */
function supportsOf(a: Signature, b: Signature): string[] {
  const names = sharedOf(a.names, b.names)
  const isPage = sharedOf(a.links, b.links).length > 0
  return [
    ...(isPage ? ['They lead to the same page.'] : []),
    ...(names.length >= storyLimits.namesSupportMin
      ? [`They name the same: ${names.slice(0, 6).join(', ')}.`]
      : []),
  ]
}

/** What two releases of one issuer mostly have in common. */
function hintsOf(a: Signature, b: Signature): string[] {
  const isPlace = a.place !== undefined && a.place === b.place
  return [
    ...(isPlace ? ['They are of one place.'] : []),
    ...(sharedOf(a.tickers, b.tickers).length > 0 ? ['They name one ticker.'] : []),
  ]
}

/** news aktuell marks what it carries for PR Newswire: `(ots/PRNewswire)`. */
function isCarried(a: Signature, b: Signature): boolean {
  const marked = [a, b].filter(({ wire }) => /^ots\/PR ?Newswire/iu.test(wire ?? ''))
  return marked.length === 1
}

function sharesNames(a: Signature, b: Signature): boolean {
  const shared = sharedOf(a.names, b.names).length
  const least = Math.min(a.names.length, b.names.length)
  return shared >= storyLimits.namesSharedMin && shared / least >= storyLimits.namesOverlapMin
}

function sharedOf(a: readonly string[], b: readonly string[]): string[] {
  const other = new Set(b)
  return a.filter((part) => other.has(part))
}

/** Jaccard: shared of all. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const all = new Set([...a, ...b]).size
  return all === 0 ? 0 : sharedOf(a, b).length / all
}
