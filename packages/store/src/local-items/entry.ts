import { shortHash } from '@newswire/model'
import { localLimits } from '../limits.js'

/** Where one fact lies, as the file of places holds it: 32 bytes, little-endian. */
export interface Entry {
  readonly sequence: number
  /** Of the record in the data file. */
  readonly offset: number
  readonly length: number
  /** The fact before it on the same chain; 0 for none. */
  readonly former: number
  /** 8 bytes that stand for the item's id. */
  readonly key: Buffer
  /** Its record is overwritten. */
  readonly isBlank: boolean
}

export const entryBytes = 32
export const keyBytes = 8

/** Ids share a key once in a long while: then an item is read from JetStream though it needn't. */
export function keyOf(id: string): Buffer {
  return Buffer.from(shortHash(id), 'base64url').subarray(0, keyBytes)
}

export function chainOf(key: Buffer): number {
  return key.readUInt32LE(0) % localLimits.chains
}

/** A negative sequence says that the record is overwritten, so that its length stays known. */
export function writeEntry(into: Buffer, at: number, entry: Entry): void {
  into.writeDoubleLE(entry.isBlank ? -entry.sequence : entry.sequence, at)
  into.writeUInt32LE(entry.offset / localLimits.unitBytes, at + 8)
  into.writeUInt32LE(entry.length, at + 12)
  into.writeDoubleLE(entry.former, at + 16)
  entry.key.copy(into, at + 24)
}

/** Undefined where no fact lies: the stream has gaps. */
export function readEntry(from: Buffer, at: number): Entry | undefined {
  const signed = from.readDoubleLE(at)
  if (signed === 0) return undefined
  return {
    sequence: Math.abs(signed),
    offset: from.readUInt32LE(at + 8) * localLimits.unitBytes,
    length: from.readUInt32LE(at + 12),
    former: from.readDoubleLE(at + 16),
    key: from.subarray(at + 24, at + 24 + keyBytes),
    isBlank: signed < 0,
  }
}

/** Where the next record may begin. */
export function roundedUp(bytes: number): number {
  return Math.ceil(bytes / localLimits.unitBytes) * localLimits.unitBytes
}
