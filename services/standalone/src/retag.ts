import type { Bus } from '@newswire/bus'
import {
  type Difference,
  loadVocabulary,
  type RetagReport,
  retag,
  type Vocabulary,
} from '@newswire/tagger'
import type { Retagged, RetagOptions, Told } from '@newswire/terminal'

const codesShown = 15
const examplesShown = 10
const headlineChars = 60

/** `newswire retag`: what the vocabulary of this program would change, and with --apply changes. */
export async function retagPublic(
  bus: Bus,
  { apply, tell }: RetagOptions,
  told: Told,
): Promise<Retagged> {
  const vocabulary = loadVocabulary()
  const differences: Difference[] = []
  const report = await retag({
    ...{ bus, vocabulary, apply, tell },
    onDifference: (difference) => void differences.push(difference),
    onProgress: told,
  })
  return {
    document: { ...report, differences },
    text: asText(report, differences, vocabulary),
  }
}

function asText(
  report: RetagReport,
  differences: readonly Difference[],
  vocabulary: Vocabulary,
): string {
  const { items, changed, reweighed, unchanged, applied, missed } = report
  const lines = [
    `Vocabulary ${report.vocabulary}: ${items} public items with a text.`,
    `${changed} have other tags, ${reweighed} the same tags with other weights or words, ${unchanged} are unchanged.`,
    ...countLines(
      'Gained',
      differences.flatMap(({ gained }) => gained),
      vocabulary,
    ),
    ...countLines(
      'Lost',
      differences.flatMap(({ lost }) => lost),
      vocabulary,
    ),
    ...differences.slice(0, examplesShown).map(exampleOf),
    ...(missed > 0 ? [`${missed} were changed by others meanwhile: run it once more.`] : []),
    applied > 0 ? `${applied} revisions are written.` : adviceOf(changed + reweighed),
  ]
  return `${lines.join('\n')}\n`
}

function adviceOf(different: number): string {
  if (different === 0) return 'There is nothing to apply.'
  return 'Nothing is changed. To apply it: newswire retag --apply'
}

function countLines(title: string, names: readonly string[], vocabulary: Vocabulary): string[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  const most = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const shown = most
    .slice(0, codesShown)
    .map(([name, count]) => `  ${String(count).padStart(6)}  ${labelOf(name, vocabulary)}`)
  const rest = most.length - shown.length
  return most.length === 0
    ? []
    : [`${title}:`, ...shown, ...(rest > 0 ? [`          and ${rest} others`] : [])]
}

function labelOf(name: string, { regionRows, topicRows }: Vocabulary): string {
  const code = name.slice(name.indexOf(' ') + 1)
  const row = [...regionRows, ...topicRows].find((each) => each.code === code)
  return row ? `${code} ${row.labels.en}` : code
}

function exampleOf({ id, headline, gained, lost, moved }: Difference): string {
  const codes = [
    ...gained.map((name) => `+${codeOf(name)}`),
    ...lost.map((name) => `-${codeOf(name)}`),
    ...moved.map((name) => `~${codeOf(name)}`),
  ]
  return `${id}  ${headline.slice(0, headlineChars)}  ${codes.join(' ')}`
}

function codeOf(name: string): string {
  return name.slice(name.indexOf(' ') + 1)
}
