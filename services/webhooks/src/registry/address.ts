import { type Outbound, Problem } from '@newswire/http'
import { isOnBus, requireCallsFor } from '../onto-bus/subscription.js'
import type { NewWebhook } from './requests.js'

/** What URL parsers remove or rewrite in silence: white space, control characters, backslashes. */
const rewritten = /[\s\\\p{Cc}\p{Cf}]/u
/** `https://user@`, and the empty user of `https://@`, which no parser shows. */
const userInfo = /^[a-z][a-z0-9+.-]*:\/*[^/?#]*@/i

/**
 * Problem 422 where this address may not be called: what is registered is what is called, letter
 * by letter, and what the guard of outbound calls refuses is refused here already.
 */
export async function checkAddress(
  url: string,
  outbound: Pick<Outbound, 'refusal'>,
): Promise<void> {
  const refusal = formOf(url) ?? (await outbound.refusal(url, { httpsOnly: true }))
  if (refusal === undefined) return
  throw new Problem({
    status: 422,
    slug: 'refused-address',
    title: 'The address may not be called',
    detail: refusal,
  })
}

function formOf(url: string): string | undefined {
  if (rewritten.test(url)) {
    return 'The URL holds a space, a backslash or a character that cannot be seen; encode it.'
  }
  if (userInfo.test(url)) {
    return 'The URL holds a user name or a password; send them as a header of your own (`headers`).'
  }
  if (url.includes('#')) return 'The URL holds a fragment (#), which is never sent; leave it out.'
  return undefined
}

/** Where a new webhook is called, checked; empty on the bus. Problem 422 where that cannot be. */
export async function placeOf(
  wish: NewWebhook,
  outbound: Pick<Outbound, 'refusal'>,
): Promise<string> {
  requireCallsFor(wish, wish)
  if (isOnBus(wish)) return ''
  if (wish.url === undefined) throw noAddress()
  await checkAddress(wish.url, outbound)
  return wish.url
}

function noAddress(): Problem {
  return new Problem({
    status: 422,
    slug: 'no-address',
    title: 'The webhook has no address',
    detail: 'Say where items are posted to (url), or target: "bus" for a subject inside the house.',
  })
}
