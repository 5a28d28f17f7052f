import rateLimit from '@fastify/rate-limit'
import ipaddr from 'ipaddr.js'
import type { Guard } from './guards.js'
import type { HttpServer } from './http.js'
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

/** The guards that count, by the name that a route's config gives. */
export async function createLimiters(
  server: HttpServer,
  limits: ServerLimits,
): Promise<Readonly<Record<LimitName, Guard>>> {
  await server.register(rateLimit, { global: false, cache: limitedAddressesMax })

  function limiter(max: number, isLoopbackLimited: boolean): Guard {
    const count = server.createRateLimit({ max, timeWindow: windowMs })
    return async (request) => {
      if (!isLoopbackLimited && isLoopback(request.ip)) return
      const state = await count(request)
      if (!state.isAllowed && state.isExceeded) throw tooMany(max, state.ttlInSeconds)
    }
  }
  return {
    public: limiter(limits.publicPerMinuteMax, limits.isLoopbackLimited),
    'sign-in': limiter(limits.signInPerMinuteMax, true),
  }
}

export function isLoopback(ip: string): boolean {
  return ipaddr.isValid(ip) && ipaddr.process(ip).range() === 'loopback'
}

function tooMany(max: number, retrySeconds: number): Problem {
  return new Problem({
    status: 429,
    slug: 'too-many-requests',
    title: 'Too many requests',
    detail: `Send at most ${max} a minute; try again in ${retrySeconds} seconds.`,
    extra: { retrySeconds },
    headers: { 'retry-after': String(retrySeconds) },
  })
}
