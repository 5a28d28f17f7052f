import { constants } from 'node:fs'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { localLimits } from '../limits.js'
import { type Entry, entryBytes, readEntry, roundedUp, writeEntry } from './entry.js'

const { segmentFacts, unitBytes } = localLimits

/** A fact to append, packed; its place is the segment's to choose. */
export interface NewRecord {
  readonly sequence: number
  readonly former: number
  readonly key: Buffer
  readonly bytes: Buffer
}

/** Which sequences lie in the segment, and which of them count. */
export interface SegmentBounds {
  readonly number: number
  /** What is older is gone from the stream. */
  readonly from: number
  /** What is newer is cut off: it may not be whole. */
  readonly upTo: number
}

export function segmentOf(sequence: number): number {
  return Math.floor((sequence - 1) / segmentFacts)
}

/**
 * The facts of so many sequences: records in one file, their places in another and, for what can be
 * read, in memory. It knows neither the stream nor what a record means.
 */
export class Segment {
  readonly #first: number
  readonly #paths: readonly string[]
  readonly #data: FileHandle
  readonly #places: FileHandle
  /** Offset in units, and length; no length where nothing can be read. */
  readonly #inMemory = new Uint32Array(segmentFacts * 2)
  #end = 0
  #wholeUpTo = 0
  #isDirty = false

  private constructor(number: number, paths: readonly string[], handles: readonly FileHandle[]) {
    const [data, places] = handles
    if (data === undefined || places === undefined) throw new TypeError('A segment is two files.')
    this.#first = number * segmentFacts + 1
    this.#paths = paths
    this.#data = data
    this.#places = places
  }

  /** Opens the files, made where there are none; `onEntry` is told what counts, oldest first. */
  static async open(
    folder: string,
    bounds: SegmentBounds,
    onEntry: (entry: Entry) => void,
  ): Promise<Segment> {
    const paths = ['data', 'places'].map((kind) => join(folder, `${bounds.number}.${kind}`))
    const handles: FileHandle[] = []
    try {
      const flags = constants.O_RDWR | constants.O_CREAT
      for (const path of paths) handles.push(await open(path, flags, 0o600))
      const segment = new Segment(bounds.number, paths, handles)
      await segment.#load(bounds, onEntry)
      return segment
    } catch (error) {
      for (const handle of handles) await handle.close()
      throw error
    }
  }

  /** A file that ends too early was torn: what is whole before that counts. */
  async #load({ from, upTo }: SegmentBounds, onEntry: (entry: Entry) => void): Promise<void> {
    const wanted = Math.max(0, Math.min(upTo - this.#first + 1, segmentFacts))
    const standing = Math.floor((await this.#places.stat()).size / entryBytes)
    const { size } = await this.#data.stat()
    const slots = Math.min(wanted, standing)
    const all = Buffer.alloc(slots * entryBytes)
    await readWhole(this.#places, all, 0)
    let slot = 0
    for (; slot < slots; slot += 1) {
      const entry = readEntry(all, slot * entryBytes)
      if (entry?.sequence !== this.#first + slot) continue
      if (entry.offset + entry.length > size) break
      this.#end = Math.max(this.#end, roundedUp(entry.offset + entry.length))
      if (entry.sequence < from) continue
      if (!entry.isBlank) this.#remember(entry)
      onEntry(entry)
    }
    await this.#places.truncate(slot * entryBytes)
    await this.#data.truncate(this.#end)
    // Where the stream leaps into the next segment, this one is short and whole.
    const isTorn = slot < slots || (wanted < segmentFacts && slot < wanted)
    this.#wholeUpTo = isTorn ? this.#first + slot - 1 : upTo
  }

  /** No more than was asked for when it was opened; less where a file was torn. */
  get wholeUpTo(): number {
    return this.#wholeUpTo
  }

  /** In the order of their sequences. After a failure the next append takes the same place. */
  async append(records: readonly NewRecord[]): Promise<void> {
    const [head, last] = [records[0], records.at(-1)]
    if (head === undefined || last === undefined) return
    const entries = this.#placed(records)
    const end = roundedUp(Math.max(...entries.map(({ offset, length }) => offset + length)))
    const data = Buffer.alloc(end - this.#end)
    const places = Buffer.alloc((last.sequence - head.sequence + 1) * entryBytes)
    for (const [at, entry] of entries.entries()) {
      records[at]?.bytes.copy(data, entry.offset - this.#end)
      writeEntry(places, (entry.sequence - head.sequence) * entryBytes, entry)
    }
    this.#isDirty = true
    await writeWhole(this.#data, data, this.#end)
    await writeWhole(this.#places, places, (head.sequence - this.#first) * entryBytes)
    for (const entry of entries) this.#remember(entry)
    this.#end = end
  }

  #placed(records: readonly NewRecord[]): Entry[] {
    let offset = this.#end
    return records.map(({ sequence, former, key, bytes }) => {
      const entry = { sequence, offset, length: bytes.length, former, key, isBlank: false }
      offset = roundedUp(offset + bytes.length)
      return entry
    })
  }

  #remember({ sequence, offset, length }: Entry): void {
    const slot = (sequence - this.#first) * 2
    this.#inMemory[slot] = offset / unitBytes
    this.#inMemory[slot + 1] = length
  }

  #forget(sequence: number): void {
    this.#inMemory[(sequence - this.#first) * 2 + 1] = 0
  }

  has(sequence: number): boolean {
    return this.#lengthOf(sequence) > 0
  }

  #lengthOf(sequence: number): number {
    return this.#inMemory[(sequence - this.#first) * 2 + 1] ?? 0
  }

  #offsetOf(sequence: number): number {
    return (this.#inMemory[(sequence - this.#first) * 2] ?? 0) * unitBytes
  }

  /** The bytes that lie there; undefined where none do. Whoever reads checks what they are. */
  async read(sequence: number): Promise<Buffer | undefined> {
    const length = this.#lengthOf(sequence)
    if (length === 0) return undefined
    const bytes = Buffer.allocUnsafe(length)
    const read = await readWhole(this.#data, bytes, this.#offsetOf(sequence))
    return bytes.subarray(0, read)
  }

  async entry(sequence: number): Promise<Entry | undefined> {
    const bytes = Buffer.alloc(entryBytes)
    await readWhole(this.#places, bytes, (sequence - this.#first) * entryBytes)
    const entry = readEntry(bytes, 0)
    return entry?.sequence === sequence ? entry : undefined
  }

  /** Overwrites the record in its place, also one that is: the disk may not have it so yet. */
  async blank(entry: Entry): Promise<void> {
    this.#forget(entry.sequence)
    await this.#overwrite(entry.offset, entry.offset + entry.length)
    const bytes = Buffer.alloc(entryBytes)
    writeEntry(bytes, 0, { ...entry, isBlank: true })
    await writeWhole(this.#places, bytes, (entry.sequence - this.#first) * entryBytes)
  }

  /** Overwrites the records of all sequences before this one. */
  async blankBefore(sequence: number): Promise<void> {
    let [from, to] = [Number.POSITIVE_INFINITY, 0]
    for (let each = this.#first; each < sequence; each += 1) {
      if (!this.has(each)) continue
      from = Math.min(from, this.#offsetOf(each))
      to = Math.max(to, this.#offsetOf(each) + this.#lengthOf(each))
      this.#forget(each)
    }
    await this.#overwrite(from, to)
  }

  async #overwrite(from: number, to: number): Promise<void> {
    for (let at = from; at < to; at += localLimits.overwriteBytesMax) {
      const length = Math.min(to - at, localLimits.overwriteBytesMax)
      this.#isDirty = true
      await writeWhole(this.#data, Buffer.alloc(length), at)
    }
  }

  /** Forces what was written to the disk. */
  async sync(): Promise<void> {
    if (!this.#isDirty) return
    this.#isDirty = false
    try {
      await this.#data.datasync()
      await this.#places.datasync()
    } catch (error) {
      this.#isDirty = true
      throw error
    }
  }

  /** Waits for the reads that run. */
  async close(): Promise<void> {
    await this.#data.close()
    await this.#places.close()
  }

  async remove(): Promise<void> {
    await this.close()
    for (const path of this.#paths) await unlink(path)
  }
}

/** Gives how many bytes there were. */
async function readWhole(file: FileHandle, into: Buffer, position: number): Promise<number> {
  let done = 0
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return done
}

async function writeWhole(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    const left = bytes.length - done
    const { bytesWritten } = await file.write(bytes, done, left, position + done)
    done += bytesWritten
  }
}
