import { fork } from 'node:child_process'
import { once } from 'node:events'

/** Asks for feeds one after the other, from a process of its own. */
export interface Asker extends AsyncDisposable {
  /** Milliseconds of each answer. Throws where one is not 200. */
  ask(paths: readonly string[]): Promise<readonly number[]>
}

type Told = { readonly ms: readonly number[] } | { readonly error: string }

export function startAsker(url: string): Asker {
  const child = fork(new URL('./feed-asker-process.ts', import.meta.url))
  const ended = once(child, 'exit')
  return {
    async ask(paths) {
      child.send({ url, paths })
      const told = Promise.race([
        once(child, 'message'),
        ended.then(() => [{ error: 'It ended.' }]),
      ])
      const [answer] = (await told) as [Told]
      if ('error' in answer) throw new Error(answer.error)
      return answer.ms
    },
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}
