import { count, type Painted, type Piece, paint, type Screen } from '../screen/index.js'
import type { FileReport } from './ingest.js'
import type { Settled } from './push.js'

/** A mark and a word for each end, so that no colour is needed to tell them apart. */
const ends = {
  accepted: paint('odd', '… on its way'),
  normalized: paint('good', '✓ normalized'),
  unchanged: paint('dim', '= duplicate'),
  superseded: paint('dim', '< superseded'),
  held: paint('odd', '‖ held'),
  dead: paint('bad', '✗ dead letter'),
} as const satisfies Record<Settled['state'], Painted>

export function sayFile({ file, error, releases }: FileReport, screen: Screen): void {
  const name = file === '-' ? 'stdin' : file
  if (error !== undefined) screen.line(paint('bad', '✗ refused'), '  ', name, '  ', error)
  for (const release of releases) screen.line(...lineOf(name, release))
}

function lineOf(name: string, { state, id, version, reason, receipt }: Settled): Piece[] {
  const item: Piece[] =
    id === undefined ? [] : ['  ', paint('strong', id), ` version ${version ?? '?'}`]
  const why = reason ?? whys[state]
  const where = state === 'accepted' ? `receipt ${receipt}` : ''
  return [
    ends[state],
    '  ',
    name,
    ...item,
    ...[why, where].flatMap((say) => (say ? ['  ', say] : [])),
  ]
}

const whys: Partial<Record<Settled['state'], string>> = {
  unchanged: 'It says what stands already.',
  superseded: 'A newer version stands already.',
}

export function saySum(reports: readonly FileReport[], screen: Screen): void {
  const sums = new Map<string, number>()
  const add = (name: string) => sums.set(name, (sums.get(name) ?? 0) + 1)
  for (const { error, releases } of reports) {
    if (error !== undefined) add('refused')
    for (const { state } of releases) add(names[state])
  }
  const parts = [...sums].map(
    ([name, number]) => `${count(number)} ${number === 1 ? name.replace(/s$/, '') : name}`,
  )
  screen.line(paint('strong', `${count(reports.length)} files: `), parts.join(', '), '.')
}

const names = {
  accepted: 'on the way',
  normalized: 'normalized',
  unchanged: 'duplicates',
  superseded: 'superseded',
  held: 'held',
  dead: 'dead letters',
} as const satisfies Record<Settled['state'], string>
