import type { FirstAnswer } from './first-answers.js'
import type { KeyRing, OutgoingCalls } from './http.js'
import type { ServerLimits } from './limits.js'
import type { Sessions } from './session.js'

/** What the guards and answers of one server share, on `server.house`. */
export interface House {
  readonly keyRing: KeyRing
  readonly sessions: Sessions
  readonly limits: ServerLimits
  readonly publicUrl: string | undefined
  /** Asked before any route. */
  readonly firstAnswers: FirstAnswer[]
  /** What rooms call others with, for the API description. */
  readonly calls: OutgoingCalls[]
  /** Media types that any scope has a parser for. */
  readonly mediaTypes: Set<string>
}

declare module 'fastify' {
  interface FastifyInstance {
    house: House
  }
}
