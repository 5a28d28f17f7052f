import { cleanLines, safeJson } from './clean.js'
import { coloured, type Piece } from './paint.js'
import { createProgress, type Progress } from './progress.js'
import { type Column, table } from './table.js'
import { wrap } from './width.js'

/** What the screen needs of a stream; tests give their own. */
export interface Stream {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface ScreenOptions {
  readonly stdout: Stream
  readonly stderr: Stream
  /** Whether colours are wished for (`undefined`: by what the stream is). */
  readonly colour?: boolean | undefined
}

/** Where the answers of the terminal go. Every text is cleaned here: no caller can forget it. */
export interface Screen {
  /** Of the terminal; 80 where the output is none. */
  readonly columns: number
  /** Parts of one line of the answer. */
  line(...pieces: readonly Piece[]): void
  /** A text of several lines, broken to the width. */
  paragraph(text: string, indent?: number): void
  table(columns: readonly Column[], rows: readonly (readonly Piece[])[]): void
  /** One document for scripts. */
  json(value: unknown): void
  /** One line of NDJSON. */
  jsonLine(value: unknown): void
  /** A word beside the answer, on stderr. */
  note(...pieces: readonly Piece[]): void
  /** A bar on stderr; silent where stderr is no terminal. */
  progress(title: string): Progress
  /** Ends a bar that stands. */
  close(): void
}

const columnsDefault = 80
const columnsMin = 20
const textColumnsMax = 100
const jsonIndent = 2

export function createScreen({ stdout, stderr, colour }: ScreenOptions): Screen {
  const columns = Math.max(columnsMin, stdout.columns ?? columnsDefault)
  const isWished = (stream: Stream) => colour ?? stream.isTTY === true
  let bar: Progress | undefined

  /** The bar gives way to what is written, and comes again under it. */
  function write(stream: Stream, text: string): void {
    bar?.hide()
    stream.write(text)
    bar?.show()
  }
  const lineOf = (pieces: readonly Piece[], stream: Stream) =>
    `${pieces.map((piece) => coloured(piece, isWished(stream))).join('')}\n`

  return {
    columns,
    line: (...pieces) => write(stdout, lineOf(pieces, stdout)),
    paragraph(text, indent = 0) {
      const margin = ' '.repeat(indent)
      const lines = wrap(cleanLines(text), Math.min(columns, textColumnsMax) - indent)
      const put = (line: string) => (line === '' ? '\n' : `${margin}${line}\n`)
      write(stdout, lines.map(put).join(''))
    },
    table(titles, rows) {
      const room = stdout.isTTY === true ? columns : undefined
      write(stdout, table(titles, rows, { columns: room, hasColour: isWished(stdout) }))
    },
    json: (value) => write(stdout, `${safeJson(value, jsonIndent)}\n`),
    jsonLine: (value) => write(stdout, `${safeJson(value)}\n`),
    note: (...pieces) => write(stderr, lineOf(pieces, stderr)),
    progress(title) {
      bar?.end()
      bar = createProgress({ title, stream: stderr, hasColour: isWished(stderr) })
      return bar
    },
    close: () => bar?.end(),
  }
}
