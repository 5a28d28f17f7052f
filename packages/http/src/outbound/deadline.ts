import { OutboundError } from './errors.js'

/** One signal for the time limit and the caller's wish. */
export interface Deadline {
  readonly signal: AbortSignal
  end(): void
}

export function startDeadline(
  host: string,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
): Deadline {
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(new OutboundError('timeout', `${host} did not answer within ${timeoutMs} ms.`))
  }, timeoutMs)
  function onAbort(): void {
    const cause = signal?.reason
    controller.abort(new OutboundError('aborted', `The call to ${host} was given up.`, { cause }))
  }
  if (signal?.aborted === true) onAbort()
  // Not AbortSignal.any: it holds on to every signal made from one that lives long.
  signal?.addEventListener('abort', onAbort, { once: true })
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    },
  }
}
