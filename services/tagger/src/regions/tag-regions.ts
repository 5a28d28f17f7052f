import type { Tag } from '@newswire/model'
import { boundedEvidence, type WeighedEvidence } from '../evidence.js'
import type { Field } from '../fields.js'
import type { Language } from '../languages.js'
import { findMentions } from './find.js'
import type { Gazetteer } from './gazetteer.js'
import { judge } from './judge.js'
import { countryOf, type NameKind } from './name.js'
import type { JudgedMention } from './resolve.js'

/** What a mention weighs by where it stands: the dateline says where the news is. */
const placeWeights = { dateline: 6, headline: 3, lead: 1.5, body: 1, about: 0.3 } as const
const kindWeights: Readonly<Record<NameKind, number>> = {
  country: 1,
  city: 1,
  subdivision: 1,
  abbreviation: 1,
  bloc: 1,
  macro: 0.8,
  people: 0.7,
  nothing: 0,
}
/** Characters of the text that are its lead. */
const leadCharsMax = 600
/** Of a town that a firm is called by. */
const firmsWeight = 0.3
/** No region that firms alone are called by has a larger score: it is never primary. */
const firmsShareMax = 0.3
/** Below this a region is noise: one adjective among the words about the issuer. */
const weightMin = 0.25
/** "Greek wine" once in the body says little of where: an adjective alone must be said again. */
const peopleWeightMin = 1.2
/** A region is what the item is about where it weighs so much of the heaviest. */
const primaryShareMin = 0.34

export interface RegionTags {
  readonly tags: Tag[]
  readonly mentions: readonly JudgedMention[]
}

/** Regions that the fields name, heaviest first; those of a country also for the country. */
export function tagRegions(
  fields: readonly Field[],
  gazetteer: Gazetteer,
  language: Language,
): RegionTags {
  const found = fields.flatMap((field) => findMentions(field, gazetteer, language))
  const mentions = judge(found, gazetteer, language)
  const byCode = new Map<string, WeighedEvidence[]>()
  for (const mention of mentions) {
    for (const code of codesOf(mention)) {
      const list = byCode.get(code) ?? []
      list.push(evidenceOf(mention))
      byCode.set(code, list)
    }
  }
  const onlyPeople = codesOnlyOf(
    mentions,
    ({ name, isOffice }) => name.kind === 'people' && !isOffice,
  )
  const onlyFirms = codesOnlyOf(mentions, ({ isFirms }) => isFirms)
  // What a firm is called by is told where the item names no other place.
  const isListed = (code: string) => !onlyFirms.has(code) || onlyFirms.size === byCode.size
  const weighed = [...byCode]
    .filter(([code]) => isListed(code))
    .map(([code, evidence]) => ({ code, evidence, weight: total(evidence) }))
    .filter(({ weight, code }) => weight >= (onlyPeople.has(code) ? peopleWeightMin : weightMin))
    .sort((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1))
  const heaviest = weighed[0]?.weight ?? 1
  const shareOf = (code: string, weight: number) =>
    onlyFirms.has(code) ? Math.min(weight / heaviest, firmsShareMax) : weight / heaviest
  const tags = weighed.flatMap(({ code, evidence, weight }) =>
    tagOf(gazetteer, language, code, evidence, shareOf(code, weight)),
  )
  return { tags, mentions }
}

/** Regions that only such mentions speak for: adjectives and people, names of firms. */
function codesOnlyOf(
  mentions: readonly JudgedMention[],
  isSuch: (mention: JudgedMention) => boolean,
): ReadonlySet<string> {
  const codes = new Set<string>()
  const others = new Set<string>()
  for (const mention of mentions) {
    for (const code of codesOf(mention)) (isSuch(mention) ? codes : others).add(code)
  }
  for (const code of others) codes.delete(code)
  return codes
}

/** A city in Bavaria speaks for Bavaria and for Germany. */
function codesOf({ name }: JudgedMention): string[] {
  const country = countryOf(name)
  return country === '' || country === name.code ? [name.code] : [name.code, country]
}

function evidenceOf({ field, start, end, name, isFirms }: JudgedMention): WeighedEvidence {
  const kindWeight = kindWeights[name.kind] * (isFirms ? firmsWeight : 1)
  const weight = placeWeights[placeOf(field, start)] * kindWeight
  const text = field.text.slice(start, end)
  return { field: field.name, start, end, text, weight, how: 'gazetteer' }
}

function placeOf(field: Field, start: number): keyof typeof placeWeights {
  if (start < field.datelineTo) return 'dateline'
  if (field.name === 'headline') return 'headline'
  if (start >= field.aboutFrom) return 'about'
  return start < leadCharsMax ? 'lead' : 'body'
}

function total(evidence: readonly WeighedEvidence[]): number {
  return evidence.reduce((sum, { weight }) => sum + weight, 0)
}

function tagOf(
  { regions }: Gazetteer,
  language: Language,
  code: string,
  evidence: readonly WeighedEvidence[],
  share: number,
): Tag[] {
  const region = regions.get(code)
  if (!region) return []
  return [
    {
      scheme: region.scheme,
      code,
      label: region.labels[language],
      score: Math.round(share * 1000) / 1000,
      primary: share >= primaryShareMin,
      how: 'gazetteer',
      evidence: boundedEvidence(evidence),
      broader: [...region.broader],
    },
  ]
}
