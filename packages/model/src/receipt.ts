import { shortHash } from './identity.js'
import type { RawItem } from './raw.js'

const radix = 36
const pattern = /^([0-9a-z]{1,11})-([A-Za-z0-9_-]{22})$/

/**
 * The receipt of a raw item: where it stands in stream RAW, and a hash over what it holds, so that
 * no one finds another's by counting.
 */
export function receiptOf(sequence: number, raw: RawItem): string {
  return `${sequence.toString(radix)}-${checkOf(raw)}`
}

/** Where the raw item of a receipt stands in stream RAW; undefined where this is no receipt. */
export function sequenceOfReceipt(receipt: string): number | undefined {
  const sequence = Number.parseInt(pattern.exec(receipt)?.[1] ?? '', radix)
  return Number.isSafeInteger(sequence) && sequence >= 1 ? sequence : undefined
}

/** Whether the receipt was given for this raw item. */
export function isReceiptOf(receipt: string, raw: RawItem): boolean {
  return pattern.exec(receipt)?.[2] === checkOf(raw)
}

/** The publish id of a raw item; equal parts within the stream's window are stored once. */
export function rawIdOf(...parts: readonly string[]): string {
  return `raw:${shortHash(...parts)}`
}

function checkOf(raw: RawItem): string {
  return shortHash('receipt', raw.received, raw.pushedBy ?? '', raw.body)
}
