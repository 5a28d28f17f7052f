import { type Tagging, tag, type Vocabulary } from '@newswire/tagger'
import detector from 'country-in-text-detector'
import type { PlacedText, PlaceSet } from './places.js'
import { percent, table } from './report.js'

type System = (text: string) => readonly string[]

/** Country F1 over documents, micro: which countries a text names places of. */
export function reportRegions(sets: readonly PlaceSet[], vocabulary: Vocabulary): string {
  const systems: Readonly<Record<string, System>> = {
    'Newswire, all mentions': (text) => countriesOf(taggingOf(text, vocabulary), false),
    'Newswire, primary ones': (text) => countriesOf(taggingOf(text, vocabulary), true),
    'country-in-text-detector': (text) => [
      ...new Set(detector.detect(text).map(({ iso3166 }) => iso3166.slice(0, 2))),
    ],
  }
  return sets
    .map(({ name, texts }) =>
      [
        `REGIONS: ${name}, ${texts.length} documents`,
        table(
          ['', 'precision', 'recall', 'F1', 'F1 of the even', 'F1 of the odd'],
          Object.entries(systems).map(([system, of]) => [system, ...figuresOf(texts, of)]),
        ),
        `Without countries that only a continent's point lies in: F1 ${withoutContinents(texts, vocabulary)}`,
        worstOf(texts, (text) => countriesOf(taggingOf(text, vocabulary), false)),
      ].join('\n'),
    )
    .join('\n\n')
}

/** What the gold's making costs: who says Africa names no country that its point lies in. */
function withoutContinents(texts: readonly PlacedText[], vocabulary: Vocabulary): string {
  const outcomes = texts.map(({ text, withoutContinents }) =>
    outcomeOf({ text, countries: withoutContinents, withoutContinents }, (of) =>
      countriesOf(taggingOf(of, vocabulary), false),
    ),
  )
  return thousandth(scoreOf(outcomes).f1)
}

function taggingOf(text: string, vocabulary: Vocabulary): Tagging {
  return tag({ headline: '', language: 'und', body: { text }, sourceCodes: [] }, vocabulary)
}

function countriesOf({ tags }: Tagging, onlyPrimary: boolean): string[] {
  return tags
    .filter(({ scheme, primary }) => scheme === 'iso3166-1' && (primary || !onlyPrimary))
    .map(({ code }) => code)
}

function figuresOf(texts: readonly PlacedText[], of: System): string[] {
  const outcomes = texts.map((each) => outcomeOf(each, of))
  const all = scoreOf(outcomes)
  const even = scoreOf(outcomes.filter((_, at) => at % 2 === 0))
  const odd = scoreOf(outcomes.filter((_, at) => at % 2 === 1))
  return [percent(all.precision), percent(all.recall), ...[all.f1, even.f1, odd.f1].map(thousandth)]
}

interface Outcome {
  readonly right: number
  readonly found: number
  readonly gold: number
}

function outcomeOf({ text, countries }: PlacedText, of: System): Outcome {
  const found = of(text)
  const right = found.filter((code) => countries.includes(code)).length
  return { right, found: found.length, gold: countries.length }
}

function scoreOf(outcomes: readonly Outcome[]) {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((all, it) => all + of(it), 0)
  const right = sum((outcome) => outcome.right)
  const precision = right / sum((outcome) => outcome.found)
  const recall = right / sum((outcome) => outcome.gold)
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}

function worstOf(texts: readonly PlacedText[], of: System): string {
  const rows = texts
    .map(({ text, countries }, at) => {
      const found = of(text)
      const extra = found.filter((code) => !countries.includes(code))
      const missed = countries.filter((code) => !found.includes(code))
      return { at, extra, missed, start: text.trim().slice(0, 60).replaceAll('\n', ' ') }
    })
    .sort((a, b) => b.extra.length + b.missed.length - a.extra.length - a.missed.length)
    .slice(0, 10)
    .map(({ at, extra, missed, start }) => [String(at), extra.join(' '), missed.join(' '), start])
  return `The ten worst documents:\n${table(['number', 'too many', 'missed', 'begins'], rows)}`
}

function thousandth(value: number): string {
  return value.toFixed(3)
}
