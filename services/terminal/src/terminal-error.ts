/** What was asked for can't be done; `message` is one sentence for people and says what to do. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError'
}

/** The command line is not as it must be. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
