import { nuid } from 'nats'
import { z } from 'zod'
import type { Appender } from './append.js'
import { type Attempts, noAttempts } from './decide.js'
import type { Link } from './link.js'
import { jsonOf, newestOn, shaped } from './stored.js'
import { attemptStream } from './streams.js'

const attemptsSchema = z.object({
  deliveries: z.number().int().nonnegative(),
  lost: z.number().int().nonnegative(),
  isOpen: z.boolean(),
})

/**
 * What is remembered of facts that are given more than once, over processes: the server's count of
 * deliveries also rises for those that merely waited in a process that died.
 */
export interface AttemptBook {
  read(key: string): Promise<Attempts>
  write(key: string, attempts: Attempts): Promise<void>
}

export function createAttemptBook({
  link,
  append,
  path,
}: {
  link: Link
  append: Appender
  /** `<stream>.<group>` */
  path: string
}): AttemptBook {
  const subjectOf = (key: string) => `attempt.${path}.${key}`
  return {
    async read(key) {
      const message = await link.attempt(() => newestOn(link, attemptStream, subjectOf(key)))
      return message ? shaped(attemptsSchema, jsonOf(message.data), 'attempts') : noAttempts
    },
    async write(key, attempts) {
      await append({
        stream: attemptStream,
        subject: subjectOf(key),
        data: Buffer.from(JSON.stringify(attempts)),
        id: nuid.next(),
      })
    },
  }
}
