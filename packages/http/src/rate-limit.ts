import ipaddr from 'ipaddr.js'
import { type AddressCounts, createAddressCounts } from './address-counts.js'
import type { Guard } from './guards.js'
import { limitedAddressesMax, type ServerLimits } from './limits.js'
import { Problem } from './problem.js'

type LimitName = 'public' | 'sign-in'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which count of requests per client address the route belongs to. */
    limit?: LimitName
  }
}

/** Route option `{ config: publicLimit }`: all public routes share one count per client address. */
export const publicLimit = { limit: 'public' } as const
/** Route option `{ config: signInLimit }`: few attempts, also from this machine. */
export const signInLimit = { limit: 'sign-in' } as const

const windowMs = 60_000

export interface Limiters {
  readonly guards: Readonly<Record<LimitName, Guard>>
  /** Counts a request to a public route; false where it is one too many. */
  readonly takePublic: (ip: string) => boolean
}

/** The guards that count, by the name that a route's config gives. */
export function createLimiters(limits: ServerLimits, now: () => number): Limiters {
  const { publicPerMinuteMax, signInPerMinuteMax, isLoopbackLimited } = limits
  const countsOf = (max: number) =>
    createAddressCounts({ max, windowMs, addressesMax: limitedAddressesMax, now })
  const counts = { public: countsOf(publicPerMinuteMax), signIn: countsOf(signInPerMinuteMax) }
  const waitOf = (own: AddressCounts, ip: string, isLimited: boolean) =>
    isLimited || !isLoopback(ip) ? own.take(ip) : 0
  const guard =
    (own: AddressCounts, max: number, isLimited: boolean): Guard =>
    async ({ ip }) => {
      const retrySeconds = waitOf(own, ip, isLimited)
      if (retrySeconds > 0) throw tooMany(max, retrySeconds)
    }
  return {
    guards: {
      public: guard(counts.public, publicPerMinuteMax, isLoopbackLimited),
      'sign-in': guard(counts.signIn, signInPerMinuteMax, true),
    },
    takePublic: (ip) => waitOf(counts.public, ip, isLoopbackLimited) === 0,
  }
}

export function isLoopback(ip: string): boolean {
  if (ip === '127.0.0.1') return true
  return ipaddr.isValid(ip) && ipaddr.process(ip).range() === 'loopback'
}

function tooMany(max: number, retrySeconds: number): Problem {
  return new Problem({
    status: 429,
    slug: 'too-many-requests',
    title: 'Too many requests',
    detail: `Send at most ${max} a minute; try again in ${retrySeconds} seconds.`,
    extra: { retrySeconds },
    headers: {
      'retry-after': String(retrySeconds),
      // Pages of other sites read feeds, and should know how long to wait.
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Retry-After',
    },
  })
}
