import { isIP } from 'node:net'
import { z } from 'zod'

/** Schemas over the text of a setting. Each fault is the end of the sentence "NAME …". */

/** A whole number from `min` to `max`, in digits. */
export function wholeNumber({ min, max }: { min: number; max: number }) {
  return z.string().transform((value, context) => {
    const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN
    if (number >= min && number <= max) return number
    return fault(context, `must be a whole number from ${min} to ${max}`)
  })
}

/** Whole numbers from `min` to `max`, parted by commas. */
export function numberList({ min, max }: { min: number; max: number }) {
  return z.string().transform((value, context) => {
    const numbers = parts(value).map((part) =>
      /^\d{1,16}$/.test(part) ? Number(part) : Number.NaN,
    )
    if (numbers.every((number) => number >= min && number <= max)) return numbers
    return fault(context, `must be whole numbers from ${min} to ${max}, parted by commas`)
  })
}

/** Text of a length, without control characters. */
export function text({ lengthMin, lengthMax }: { lengthMin: number; lengthMax: number }) {
  return z.string().transform((value, context) => {
    const isInside = value.length >= lengthMin && value.length <= lengthMax
    if (isInside && !/\p{Cc}/u.test(value)) return value
    return fault(
      context,
      `must have ${lengthMin} to ${lengthMax} characters and no control characters`,
    )
  })
}

/** An absolute URL with one of the schemes, without a trailing slash. */
export function url(schemes: readonly string[]) {
  return z.string().transform((value, context) => {
    const parsed = URL.canParse(value) ? new URL(value) : undefined
    if (parsed !== undefined && schemes.includes(parsed.protocol.slice(0, -1))) {
      return value.replace(/\/+$/, '')
    }
    return fault(
      context,
      `must be a URL that starts with ${schemes.map((s) => `${s}://`).join(' or ')}`,
    )
  })
}

export const httpUrl = () => url(['https', 'http'])

/** One of the given words. */
export function choice<const T extends readonly string[]>(words: T) {
  return z.string().transform((value, context): T[number] => {
    const word = words.find((known) => known === value)
    return word ?? fault(context, `must be one of ${words.join(', ')}`)
  })
}

/** IP addresses and CIDR ranges, parted by commas; empty for none. */
export function addressList() {
  return z.string().transform((value, context) => {
    const addresses = parts(value)
    if (addresses.every(isAddressOrRange)) return addresses
    return fault(context, 'must be IP addresses or ranges such as 10.0.0.0/8, parted by commas')
  })
}

function isAddressOrRange(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  if (bits === undefined) return true
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

function parts(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function fault(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}
