/** Columns in line, the first to the left; what is no figure in the last column too. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows]
  const widths = head.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)))
  const isText = head.map((_, at) => rows.some((row) => /\p{L}{3}/u.test(row[at] ?? '')))
  return lines
    .map((line) =>
      line
        .map((cell, at) =>
          isText[at] ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n')
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
