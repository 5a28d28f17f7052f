import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '@newswire/runtime'
import type { Caller, HttpReply } from './http.js'

export const sessionCookie = 'newswire_session'

/** Signed cookies that name a key: `<key id>.<end in seconds>.<HMAC-SHA256>`. */
export interface Sessions {
  readonly isSecure: boolean
  readonly secondsMax: number
  issue(keyId: string): string
  /** The key's id; undefined where the cookie is forged, broken or past its end. */
  read(cookie: string): string | undefined
}

export function createSessions({
  secret,
  isSecure,
  msMax,
  clock,
}: {
  secret: string
  isSecure: boolean
  msMax: number
  clock: Clock
}): Sessions {
  const secondsMax = Math.floor(msMax / 1_000)
  const nowSeconds = () => Math.floor(clock.now().getTime() / 1_000)
  const sign = (text: string) =>
    createHmac('sha256', secret).update(`session:${text}`).digest('base64url')

  return {
    isSecure,
    secondsMax,
    issue: (keyId) => {
      const text = `${keyId}.${nowSeconds() + secondsMax}`
      return `${text}.${sign(text)}`
    },
    read: (cookie) => {
      const [keyId = '', end = '', signature = '', ...rest] = cookie.split('.')
      if (rest.length > 0 || !isEqual(signature, sign(`${keyId}.${end}`))) return undefined
      return Number(end) > nowSeconds() ? keyId : undefined
    },
  }
}

/** Gives the browser a session that ends by itself, or at once when the caller's key is revoked. */
export function signIn(reply: HttpReply, caller: Caller): void {
  const { sessions } = reply.server.house
  reply.setCookie(sessionCookie, sessions.issue(caller.keyId), {
    ...cookieOptions(sessions),
    maxAge: sessions.secondsMax,
  })
}

export function signOut(reply: HttpReply): void {
  reply.clearCookie(sessionCookie, cookieOptions(reply.server.house.sessions))
}

function cookieOptions({ isSecure }: Sessions) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure } as const
}

function isEqual(given: string, right: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}
