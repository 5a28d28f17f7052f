import { type Piece, paint, relative } from '../screen/index.js'
import type { Session } from '../session.js'
import type { Item, ItemTag } from './item.js'

const wordsShown = 5
const percent = 100
const nameColumns = 11

/** One item in full: what it is, how it came to be so, its tags with why, its text. */
export function sayItem(item: Item, { hasText }: { hasText: boolean }, session: Session): void {
  const { screen } = session
  const { headline, status, tags } = item._newswire
  screen.line(paint('strong', headline ?? '(no headline)'))
  if (status !== 'usable') {
    screen.line(paint('bad', '✗ withdrawn: '), 'remove it wherever you use it.')
  }
  screen.line()
  for (const [name, ...says] of factsOf(item, session)) {
    screen.line(paint('dim', name.padEnd(nameColumns)), ...says)
  }
  if (tags && tags.length > 0) {
    screen.line()
    screen.table(
      [
        ...[{ title: 'tag' }, { title: 'label' }, { title: '%', align: 'right' as const }],
        ...[{ title: 'how' }, { title: 'why', isElastic: true }],
      ],
      tags.map(rowOf),
    )
  }
  const text = hasText ? textOf(item) : ''
  if (text === '') return
  screen.line()
  screen.paragraph(text)
}

function factsOf(item: Item, { now }: Session): [string, ...Piece[]][] {
  const own = item._newswire
  const version = `${own.version}${own.change ? ` (${own.change})` : ''}`
  const revision = own.revision ? `, revision ${own.revision}` : ''
  const time = (at: string | null | undefined): Piece[] =>
    at ? [at, paint('dim', `  ${relative(at, now())}`)] : []
  const rows: [string, ...Piece[]][] = [
    ['id', paint('accent', own.id)],
    ['version', version, paint('dim', revision)],
    ['published', ...time(own.published)],
    ['updated', ...(own.updated === own.published ? [] : time(own.updated))],
    ['embargo', ...time(own.embargoUntil)],
    ['wire', own.wire, paint('dim', own.source ? `  by ${own.source}` : '')],
    ['language', item.language ?? ''],
    ['issuer', own.issuer?.name ?? ''],
    ['dateline', own.dateline?.raw ?? ''],
    ['credit', own.credit ?? ''],
    ['source', own.sourceUrl ?? ''],
    ['story', own.story ?? ''],
    ['corrects', own.corrects ?? ''],
  ]
  return rows.filter(([, first]) => first !== undefined && first !== '')
}

function rowOf({ code, label, score, how, evidence }: ItemTag): Piece[] {
  const words = [...new Set((evidence ?? []).map(({ text }) => `“${text}”`))]
  const rest = words.length - wordsShown
  const why = words.slice(0, wordsShown).join(' ') + (rest > 0 ? ` and ${rest} more` : '')
  const share = typeof score === 'number' ? Math.round(score * percent) : ''
  return [paint('accent', code), label ?? '', share, paint('dim', how ?? ''), why]
}

/** The release as plain text; markup is left to the page of the item. */
function textOf({ bodies }: Item): string {
  const plain = (bodies ?? []).find(({ contentType }) => contentType === 'text/plain')
  return plain?.value ?? ''
}
