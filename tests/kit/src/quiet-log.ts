import { type Logger, pino } from 'pino'

/** One line of the log, with its fields as pino serialises them (an error is `err`). */
export interface LogLine extends Readonly<Record<string, unknown>> {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'
  readonly msg: string
}

/**
 * A log of every level that keeps its lines in memory instead of writing them. `log` is what the
 * runtime calls `Log`; pino is named here because the runtime's own tests use the kit too.
 */
export function quietLog(): { readonly log: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = []
  const log = pino(
    { level: 'trace', base: null, timestamp: false, formatters: { level: (level) => ({ level }) } },
    { write: (line: string) => void lines.push({ msg: '', ...JSON.parse(line) }) },
  )
  return { log, lines }
}
