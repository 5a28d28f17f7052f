import process from 'node:process'

/** What a half-finished start left open may keep the process for so long. */
const lingerMsMax = 2_000

/** Faults of the language are ours, and bring the place that they come from. */
const ownFaults = [TypeError, ReferenceError, RangeError, SyntaxError]

/** What `begin` needs of the process; tests give their own. */
export interface BeginningProcess {
  readonly stderr: { write(text: string): unknown }
  exitCode?: number | string | null | undefined
  exit(): void
}

/**
 * Runs the beginning of a process: what comes before `run` takes over. What fails there is told on
 * stderr as the sentence that the error carries, and the process ends with exit code 1.
 */
export async function begin(
  main: () => Promise<unknown>,
  host: BeginningProcess = process,
): Promise<void> {
  try {
    await main()
  } catch (error) {
    host.stderr.write(`${sentenceOf(error)}\n`)
    host.exitCode = 1
    setTimeout(() => host.exit(), lingerMsMax).unref()
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isOwn = ownFaults.some((kind) => error instanceof kind)
  return isOwn ? (error.stack ?? error.message) : error.message
}
