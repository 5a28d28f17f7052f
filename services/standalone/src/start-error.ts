/** Newswire can't do what it was asked to; `message` is for people and says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** For what fails while connecting: the packages say what to do, and no stack adds to that. */
export function sayWhatToDo(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause)
  // The bus speaks of its own options; people have one setting.
  const said = /^The NATS server has no room/.test(reason)
    ? `${reason.replace(/Lower .*/, '')}Make room on its disk, or lower STREAM_BYTES_MAX.`
    : reason
  throw new StartError(said, { cause })
}
