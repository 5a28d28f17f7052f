import { Problem } from '@newswire/http'
import { facts } from '@newswire/model'

/*
 * A subscription on the bus is a webhook for consumers inside the house: what it gets is stored in
 * stream OUT instead of being posted. It has no url, no secret and nothing to verify.
 */

/** Where the test message goes; no item's id is as short as that. */
export const testItem = 'test'

export function isOnBus({ target }: { readonly target?: 'bus' | undefined }): boolean {
  return target === 'bus'
}

/** Where to read: one subject per item, which holds the item's newest version only. */
export function placeOnBus(id: string): { readonly stream: string; readonly subject: string } {
  return { stream: facts.out.stream, subject: `out.${id}.*` }
}

/** For what only calls have. */
export function requireCalls(row: { readonly target?: 'bus' | undefined }, what: string): void {
  if (!isOnBus(row)) return
  throw new Problem({
    status: 422,
    slug: 'on-the-bus',
    title: 'A subscription on the bus has no such thing',
    detail: `${what} is for webhooks that are called. What is on the bus waits there for its readers.`,
  })
}

/** What of a wish only calls have. */
export function requireCallsFor(wish: object, row: { readonly target?: 'bus' | undefined }): void {
  for (const [key, what] of Object.entries(callsOnly)) {
    if (Reflect.get(wish, key) !== undefined) requireCalls(row, what)
  }
}

const callsOnly = {
  url: 'An address',
  status: 'A status',
  // Else what stands there could not be taken back while it rests.
  paused: 'A pause',
  secret: 'A secret',
  signature: 'A signature',
  headers: 'A header of its own',
} as const
