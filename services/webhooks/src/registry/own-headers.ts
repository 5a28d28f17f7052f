import { Problem } from '@newswire/http'
import type { SecretBox } from '@newswire/runtime'
import type { WebhookRow } from './webhook-row.js'

/** Limits of the request headers that a webhook brings along. */
export const headerLimits = {
  headersMax: 20,
  nameCharsMax: 100,
  valueCharsMax: 2_000,
  /** Names and values of all. */
  charsMax: 8_000,
} as const

/** Shown in place of a value; sent in a change, it keeps the value that stands. */
export const maskedValue = '…'

/** RFC 9110, section 5.6.2. */
const namePattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** RFC 9110, section 5.5, in latin1: a line break would write headers of the owner's making. */
const valuePattern = /^[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/

/** Those of one connection (RFC 9110, section 7.6.1), and those that the house writes itself. */
const refusedNames = new Set([
  // An answer in an encoding that we can't read would count as none.
  'accept-encoding',
  'connection',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
])
const refusedPrefixes = [
  // A CloudEvent in binary mode has its attributes here; ours are in the body.
  'ce-',
  'content-',
  'newswire-',
  'proxy-',
  // The svix library checks these in place of ours where they stand.
  'svix-',
  'webhook-',
] as const

export type SealedHeaders = NonNullable<WebhookRow['headers']>

/** Binds a sealed value to its webhook and its name. */
export function headerContext(id: string, name: string): string {
  return `${id}/header/${name}`
}

/**
 * Headers as they are kept: names in lower case, each value sealed. Problem 422 where one may not
 * be sent; it names the header and never its value.
 */
export function sealHeaders(
  wish: Readonly<Record<string, string>>,
  { id, secrets }: { readonly id: string; readonly secrets: SecretBox },
): SealedHeaders {
  const sealed = new Map<string, string>()
  let chars = 0
  for (const [written, value] of Object.entries(wish)) {
    const name = written.toLowerCase()
    checkName(written)
    if (sealed.has(name)) refuse(`The header ${name} is there twice`)
    chars += name.length + value.length
    // What is kept has its limits behind it.
    if (value !== maskedValue) checkValue(name, value)
    sealed.set(
      name,
      value === maskedValue ? maskedValue : secrets.seal(value, headerContext(id, name)),
    )
  }
  if (sealed.size > headerLimits.headersMax) {
    refuse(`There are more than ${headerLimits.headersMax} headers`)
  }
  if (chars > headerLimits.charsMax) {
    refuse(`The headers have more than ${headerLimits.charsMax} characters in all`)
  }
  return Object.fromEntries(sealed)
}

/** The wished headers with the values that are kept in the place of masks. */
export function withKept(wish: SealedHeaders, standing: SealedHeaders = {}): SealedHeaders {
  return Object.fromEntries(
    Object.entries(wish).map(([name, sealed]) => {
      // Not what every object has under this name, such as `constructor`.
      const stood = Object.hasOwn(standing, name) ? standing[name] : undefined
      const kept = sealed === maskedValue ? stood : sealed
      return [
        name,
        kept ?? refuse(`The header ${name} has no value yet that could be kept at this origin`),
      ]
    }),
  )
}

/** Names are shown, values are not. */
export function maskHeaders(headers: SealedHeaders = {}): Record<string, string> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, maskedValue]))
}

function checkName(written: string): void {
  const { nameCharsMax } = headerLimits
  const shown = JSON.stringify(written.slice(0, nameCharsMax))
  if (!namePattern.test(written)) refuse(`${shown} is no name that HTTP knows for a header`)
  if (written.length > nameCharsMax) {
    refuse(`The name of the header ${shown} has more than ${nameCharsMax} characters`)
  }
  const name = written.toLowerCase()
  const isOurs = refusedNames.has(name) || refusedPrefixes.some((prefix) => name.startsWith(prefix))
  if (isOurs) refuse(`The header ${name} is written by Newswire or by the connection`)
}

function checkValue(name: string, value: string): void {
  if (value.length > headerLimits.valueCharsMax) {
    refuse(`The header ${name} has more than ${headerLimits.valueCharsMax} characters`)
  }
  if (!valuePattern.test(value)) {
    refuse(
      `The header ${name} is empty, begins or ends with a space, or holds a line break or a character beyond latin1`,
    )
  }
}

function refuse(sentence: string): never {
  throw new Problem({
    status: 422,
    slug: 'invalid-headers',
    title: 'The headers cannot be sent',
    detail: `${sentence}. Correct it or leave it out.`,
  })
}
