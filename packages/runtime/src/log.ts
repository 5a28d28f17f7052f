import { type Logger, pino, stdTimeFunctions } from 'pino'
import { prettyLine } from './pretty-line.js'

/** A pino logger: `log.info({ ...data }, 'constant message')`. */
export type Log = Logger

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export interface LoggerOptions {
  /** The process or room, shown as `name` on each line. */
  readonly name: string
  /** Default `info`. */
  readonly level?: LogLevel
  /**
   * Takes one line at a time, with its newline. Default: standard output, written synchronously.
   */
  readonly destination?: { write(line: string): void }
  /** One readable line instead of JSON: for a person at a terminal. */
  readonly pretty?: boolean
}

const redactedNames = ['secret', 'key', 'authorization', 'cookie', '["set-cookie"]'] as const

/** Wildcards cost per line and per level, so the depth ends at what a logged request needs. */
const redactedPaths = redactedNames.flatMap((name) => {
  const step = name.startsWith('[') ? name : `.${name}`
  return [name, `*${step}`, `*.*${step}`]
})

/**
 * A logger that hides values under `secret`, `key`, `authorization`, `cookie` and `set-cookie`,
 * down to the third level. It is the last net, not the rule: secrets are not logged in the first
 * place.
 */
export function createLogger({ name, level, destination, pretty }: LoggerOptions): Log {
  // A process that ends loudly must have written its last line: hence synchronous.
  const sink = destination ?? pino.destination({ fd: 1, sync: true })
  return pino(
    {
      name,
      level: level ?? 'info',
      base: { name },
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: redactedPaths, censor: '[redacted]' },
    },
    pretty === true ? { write: (line: string) => sink.write(prettyLine(line)) } : sink,
  )
}
