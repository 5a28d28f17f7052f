import { coloured, type Piece, plain } from './paint.js'
import { cut, widthOf } from './width.js'

export interface Column {
  readonly title: string
  readonly align?: 'right'
  /** Takes what the others leave, and is cut first. */
  readonly isElastic?: boolean
  /** Is copied, such as an id: cut last of all. */
  readonly isWhole?: boolean
  /** Left out where the terminal is too narrow for the elastic ones beside it. */
  readonly isExtra?: boolean
}

export interface Layout {
  /** The width of the terminal; undefined where none shows the table, which is not cut then. */
  readonly columns: number | undefined
  readonly hasColour: boolean
}

const gap = '  '
/** A column is not made narrower than this while another has more. */
const columnWidthMin = 6
/** So much of an elastic column is worth leaving an extra one out. */
const elasticWidthMin = 24

/** Rows under titles that fit the terminal; numbers to the right. */
export function table(
  all: readonly Column[],
  allRows: readonly (readonly Piece[])[],
  { columns: room, hasColour }: Layout,
): string {
  const allNatural = all.map(({ title }, at) =>
    Math.max(widthOf(title), ...allRows.map((row) => widthOf(plain(row[at] ?? '')))),
  )
  const kept = room === undefined ? all.map((_, at) => at) : keptOf(all, allNatural, room)
  const pick = <T>(list: readonly T[]) => kept.flatMap((at) => list[at] ?? [])
  const [columns, natural] = [pick(all), pick(allNatural)]
  const rows = allRows.map((row) => kept.map((at) => row[at] ?? ''))
  const widths = room === undefined ? natural : fitted(natural, columns, room)
  const line = (cells: readonly Piece[]) =>
    columns
      .map(({ align }, at) => padded(cells[at] ?? '', widths[at] ?? 0, { align, hasColour }))
      .join(gap)
      .trimEnd()
  const titles = columns.map(({ title }) => ({ text: title, style: 'dim' }) as const)
  return `${[titles, ...rows].map(line).join('\n')}\n`
}

function padded(
  piece: Piece,
  width: number,
  { align, hasColour }: { align: 'right' | undefined; hasColour: boolean },
): string {
  const text = cut(plain(piece), width)
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  const shown = coloured(typeof piece === 'object' ? { ...piece, text } : text, hasColour)
  return align === 'right' ? space + shown : shown + space
}

/** The places of the columns that are shown: extras go, the last first, while there is no room. */
function keptOf(columns: readonly Column[], natural: readonly number[], room: number): number[] {
  const wished = columns.map(({ isElastic }, at) =>
    Math.min(natural[at] ?? 0, isElastic ? elasticWidthMin : Number.POSITIVE_INFINITY),
  )
  let kept = columns.map((_, at) => at)
  const total = () =>
    kept.reduce((sum, at) => sum + (wished[at] ?? 0), gap.length * (kept.length - 1))
  for (const extra of kept.filter((at) => columns[at]?.isExtra).toReversed()) {
    if (total() <= room) break
    kept = kept.filter((at) => at !== extra)
  }
  return kept
}

/** Takes what is too much from the elastic columns, and then from whichever is the widest. */
function fitted(natural: readonly number[], columns: readonly Column[], room: number): number[] {
  const widths = [...natural]
  const total = () => widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1))
  const shrink = (places: readonly number[], min: number) => {
    while (places.length > 0 && total() > room) {
      const widest = places.reduce((a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a))
      if ((widths[widest] ?? 0) <= min) return
      widths[widest] = (widths[widest] ?? 0) - 1
    }
  }
  const all = columns.map((_, at) => at)
  const elastic = all.filter((at) => columns[at]?.isElastic)
  if (elastic.length > 0) shrink(elastic, columnWidthMin * 2)
  shrink(
    all.filter((at) => !columns[at]?.isWhole),
    columnWidthMin,
  )
  shrink(all, 1)
  return widths
}
