import { readFileSync } from 'node:fs'
import process from 'node:process'
import type { z } from 'zod'

/** One setting: an environment variable. */
export interface Setting<S extends z.ZodType = z.ZodType> {
  /** Over the variable's text; `.optional()` where it may be missing. */
  readonly schema: S
  /**
   * As one would write it into the environment. Without one the setting is required or optional.
   */
  readonly default?: string
  /** One sentence: what it does, with its unit. */
  readonly say: string
  /** Never shown; may also be read from the file that `<NAME>_FILE` names. */
  readonly secret?: boolean
}

export type SettingsTable = Readonly<Record<string, Setting>>

/** The typed values of a table, by name. */
export type SettingsOf<T extends SettingsTable> = {
  readonly [K in keyof T]: z.output<T[K]['schema']>
}

export interface SettingsFault {
  readonly name: string
  /** A sentence that names the setting and says what to do. */
  readonly say: string
}

/** One or more settings can't be used; `message` has all of the sentences, one per line. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly faults: readonly SettingsFault[]

  constructor(faults: readonly SettingsFault[]) {
    super(faults.map(({ say }) => say).join('\n'))
    this.faults = faults
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Keeps the table's types, and makes sure that every default is one that its own schema takes. */
export function defineSettings<const T extends SettingsTable>(table: T): T {
  readSettings(table, {}, { only: ({ default: value }) => value !== undefined })
  return table
}

/**
 * Reads every setting of the table. Empty counts as not set. All faults are thrown together as one
 * SettingsError; a secret's value is in none of them.
 */
export function readSettings<T extends SettingsTable>(
  settings: T,
  environment: Environment = process.env,
  { only = () => true }: { only?: (setting: Setting) => boolean } = {},
): SettingsOf<T> {
  const faults: SettingsFault[] = []
  const values: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(settings).filter(([, row]) => only(row))) {
    const { value, fault } = read(name, setting, environment)
    values[name] = value
    if (fault !== undefined) faults.push({ name, say: `${name} ${fault}.` })
  }
  if (faults.length > 0) throw new SettingsError(faults)
  return values as SettingsOf<T>
}

interface Reading {
  readonly value?: unknown
  readonly fault?: string
}

function read(name: string, setting: Setting, environment: Environment): Reading {
  const source = textOf(name, setting, environment)
  if (source.fault !== undefined) return source
  const text = source.value ?? setting.default
  const parsed = setting.schema.safeParse(text)
  if (parsed.success) return { value: parsed.data }
  if (text === undefined) return { fault: `is missing. ${setting.say.replace(/\.$/, '')}` }
  return { fault: parsed.error.issues.map(({ message }) => message).join(' and ') }
}

function textOf(
  name: string,
  { secret }: Setting,
  environment: Environment,
): { value?: string; fault?: string } {
  const value = environment[name] || undefined
  const file = (secret === true && environment[`${name}_FILE`]) || undefined
  if (file === undefined) return value === undefined ? {} : { value }
  if (value !== undefined) return { fault: `and ${name}_FILE are both set; keep one of them` }
  try {
    // Editors and `echo` end a file with a newline that is no part of the secret.
    return { value: readFileSync(file, 'utf8').replace(/\r?\n$/, '') }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return { fault: `can't be read from the file in ${name}_FILE (${file}: ${reason})` }
  }
}
