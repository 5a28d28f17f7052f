import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { tag, type Vocabulary } from '@newswire/tagger'
import { sampleRelease } from './release.js'
import { table } from './report.js'

const data = join(import.meta.dirname, '../../services/tagger/data')

/** The tags of the first sample, and what tagging it costs. */
export function reportSample(vocabulary: Vocabulary): string {
  const release = sampleRelease()
  const tags = tag(release, vocabulary).tags.map((each) => [
    each.scheme,
    each.code,
    each.label,
    each.primary ? 'primary' : '',
    each.score.toFixed(2),
    each.how,
    each.evidence
      .slice(0, 4)
      .map(({ text }) => text)
      .join(', '),
  ])
  const cost = measuredCost()
  return [
    `THE FIRST SAMPLE: ${release.body.text.length} characters, vocabulary ${vocabulary.version}`,
    table(['scheme', 'code', 'label', '', 'score', 'how', 'words'], tags),
    'COST (a process of its own)',
    table(
      ['figure', 'value'],
      [
        ['time per item, p50', `${cost['p50Ms']?.toFixed(2)} ms`],
        ['time per item, p99', `${cost['p99Ms']?.toFixed(2)} ms`],
        ['load time', `${cost['loadMs']?.toFixed(0)} ms`],
        ['resident memory added by loading', `${cost['addedMb']?.toFixed(0)} MB`],
        ['the same after all rounds', `${cost['addedAfterMb']?.toFixed(0)} MB`],
        ['shipped data', `${(sizeOf(data) / 1_048_576).toFixed(2)} MB`],
      ],
    ),
  ].join('\n')
}

function measuredCost(): Record<string, number> {
  const program = join(import.meta.dirname, 'cost.ts')
  const flags = ['--expose-gc', '--import', 'tsx', program]
  return JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' }))
}

function sizeOf(path: string): number {
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
