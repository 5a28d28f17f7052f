import { parseArgs } from 'node:util'
import type { Bus } from '@newswire/bus'
import {
  type Difference,
  loadVocabulary,
  type RetagReport,
  retag,
  type Vocabulary,
} from '@newswire/tagger'
import { StartError } from './start-error.js'

const tellable = ['nobody', 'matches', 'everyone'] as const
type Tell = (typeof tellable)[number]

const codesShown = 15
const examplesShown = 10
const headlineChars = 60
/** A line of progress is written at most this often: once per so many items. */
const progressEvery = 100

interface Written {
  readonly text: (text: string) => void
  /** Progress: not part of the answer. */
  readonly progress: (text: string) => void
}

/** `newswire retag`: what the vocabulary of this program would change, and with --apply changes. */
export async function retagCommand(bus: Bus, args: readonly string[], to: Written): Promise<void> {
  const { apply, tell, json } = readArgs(args)
  const vocabulary = loadVocabulary()
  const differences: Difference[] = []
  const report = await retag({
    ...{ bus, vocabulary, apply, tell },
    onDifference: (difference) => void differences.push(difference),
    onProgress(done, all) {
      if (done % progressEvery === 0 || done === all) to.progress(`\r${done} of ${all} items read `)
      if (done === all) to.progress('\n')
    },
  })
  if (json) to.text(`${JSON.stringify({ ...report, differences })}\n`)
  else to.text(asText(report, differences, vocabulary))
}

function readArgs(args: readonly string[]) {
  const options = {
    apply: { type: 'boolean', default: false },
    tell: { type: 'string', default: 'nobody' },
    json: { type: 'boolean', default: false },
  } as const
  const { apply, tell, json } = parsed(() => parseArgs({ args: [...args], options }).values)
  if (!isTell(tell)) {
    throw new StartError(`--tell takes ${tellable.join(', ')}, not "${tell}".`)
  }
  return { apply, tell, json }
}

function parsed<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new StartError(`${(cause as Error).message} See newswire help.`, { cause })
  }
}

function isTell(tell: string): tell is Tell {
  return tellable.some((each) => each === tell)
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
