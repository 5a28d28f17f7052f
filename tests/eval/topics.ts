import { rankTopics, tag, type Vocabulary } from '@newswire/tagger'
import { percent, table } from './report.js'
import type { TopicSet, TopicText } from './sets.js'

interface Judged extends TopicText {
  readonly number: number
  readonly found: string
  readonly score: number
  /** Topics that the item is really tagged with, heaviest first, two digits each. */
  readonly given: readonly string[]
}

/** Accuracy over all 17 branches, and how sure the surer half is. */
export function reportTopics(sets: readonly TopicSet[], vocabulary: Vocabulary): string {
  const judged = sets.map(({ name, texts }) => ({ name, texts: judge(texts, vocabulary) }))
  const rows = judged.map(({ name, texts }) => [
    name,
    String(texts.length),
    percent(accuracyOf(texts)),
    macroF1(texts).toFixed(3),
    percent(accuracyOf(surest(texts, 0.3))),
    percent(accuracyOf(surest(texts, 0.5))),
    percent(accuracyOf(surest(texts, 0.7))),
    percent(texts.filter(({ given }) => given.length > 0).length / texts.length),
    percent(
      share(
        texts.filter(({ given }) => given.length > 0),
        firstIsRight,
      ),
    ),
    percent(share(texts, ({ given, topic }) => given.includes(topic))),
  ])
  const head = [
    ...['', 'texts', 'accuracy', 'macro-F1', 'surest 30 %', 'surest 50 %', 'surest 70 %'],
    ...['tagged', 'first tag right', 'among the tags'],
  ]
  return [
    'TOPICS: 17 branches open; each text has one right answer in its set',
    table(head, rows),
    ...judged.filter(({ name }) => !name.startsWith('SIB')).map(detailsOf),
  ].join('\n\n')
}

function judge(texts: readonly TopicText[], vocabulary: Vocabulary): Judged[] {
  return texts.map((each, number) => {
    const { headline, language, text } = each
    const item = { headline, language, body: { text }, sourceCodes: [] }
    const best = rankTopics(item, vocabulary)[0]
    const given = tag(item, vocabulary).tags.filter(({ scheme }) => scheme === 'medtop')
    const branches = given.map(({ code, broader }) => branchOf(broader.at(-1) ?? code))
    return {
      ...each,
      number,
      found: branchOf(best?.code ?? ''),
      score: best?.score ?? 0,
      given: [...new Set(branches)],
    }
  })
}

function branchOf(code: string): string {
  return code.slice('medtop:'.length, 'medtop:'.length + 2)
}

const isRight = ({ found, topic }: Judged) => found === topic
const firstIsRight = ({ given, topic }: Judged) => given[0] === topic

function share(texts: readonly Judged[], holds: (text: Judged) => boolean): number {
  return texts.filter(holds).length / texts.length
}

function accuracyOf(texts: readonly Judged[]): number {
  return share(texts, isRight)
}

function surest(texts: readonly Judged[], part: number): readonly Judged[] {
  const sorted = [...texts].sort((a, b) => b.score - a.score || a.number - b.number)
  return sorted.slice(0, Math.round(texts.length * part))
}

function macroF1(texts: readonly Judged[]): number {
  const present = [...new Set(texts.map(({ topic }) => topic))]
  const all = present.map((topic) => {
    const right = texts.filter((each) => each.topic === topic && each.found === topic).length
    const found = texts.filter((each) => each.found === topic).length
    const gold = texts.filter((each) => each.topic === topic).length
    return (2 * right) / (found + gold)
  })
  return all.reduce((sum, each) => sum + each, 0) / all.length
}

function detailsOf({ name, texts }: { name: string; texts: readonly Judged[] }): string {
  const worst = texts
    .filter((each) => !isRight(each))
    .sort((a, b) => b.score - a.score)
    .slice(0, 10)
    .map(({ number, label, found, score, headline, text }) => [
      String(number),
      label,
      found,
      score.toFixed(2),
      (headline || text).trim().slice(0, 60).replaceAll('\n', ' '),
    ])
  return [
    `${name}: rows are the set's own classes, columns what we say`,
    confusionOf(texts),
    'The ten worst documents: wrong, and sure of it',
    table(['number', 'class', 'found', 'score', 'begins'], worst),
  ].join('\n')
}

function confusionOf(texts: readonly Judged[]): string {
  const found = [...new Set(texts.map((each) => each.found))].sort()
  const labels = [...new Set(texts.map(({ topic, label }) => `${topic} ${label}`))].sort()
  const rows = labels.map((label) => [
    label,
    ...found.map((code) => {
      const count = texts.filter(
        (each) => `${each.topic} ${each.label}` === label && each.found === code,
      ).length
      return count === 0 ? '·' : String(count)
    }),
  ])
  return table(['', ...found], rows)
}
