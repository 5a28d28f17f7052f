import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Stored } from '@newswire/bus'
import type { TaggedItem } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import { localLimits } from '../limits.js'
import { keptForm, packFullAside, unpackFull } from '../public-state.js'
import type { PublicItem } from '../store.js'
import { chainOf, type Entry, keyOf } from './entry.js'
import { markFormat, readMarkFile, type Witness, writeMarkFile } from './mark-file.js'
import { type NewRecord, Segment, segmentOf } from './segment.js'

type Fact = Stored<TaggedItem>

/** Another process has opened the folder: it writes there now, and this one no more. */
export class FolderTakenError extends Error {
  override readonly name = 'FolderTakenError'
}

/** A withdrawn item whose versions are to be overwritten, back from one place. */
interface Owed {
  readonly key: Buffer
  readonly from: number
}

/**
 * The facts of stream TAGGED by sequence, in segments. What is whole on the disk is told by the
 * mark: all beyond it is cut off when the folder is opened, and comes again from the stream. Each
 * record names the one before it on its chain, so that all versions of an item are found without
 * keeping ids in memory.
 */
export class ItemsFile {
  readonly #folder: string
  readonly #log: Log
  readonly #writer: string = randomUUID()
  readonly #segments = new Map<number, Segment>()
  /** The newest sequence on each chain. */
  readonly #heads = new Float64Array(localLimits.chains)
  #owed: Owed[] = []
  #position = 0
  #from = 1
  #first: Witness | undefined
  #last: Witness | undefined
  #isTrusted = false
  #isMarked = false
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(folder: string, log: Log) {
    this.#folder = folder
    this.#log = log
  }

  /** Made where there is none; only this user may look inside. */
  static async open(folder: string, log: Log): Promise<ItemsFile> {
    const file = new ItemsFile(folder, log)
    try {
      await makeFolder(folder)
      await file.#load()
      await file.#mark()
      return file
    } catch (cause) {
      await file.#closeAll()
      throw new Error(
        `The folder ${folder} can't be used for items: ${String(cause)}. Give this user the right to write there, or name another folder.`,
        { cause },
      )
    }
  }

  async #load(): Promise<void> {
    const mark = await readMarkFile(this.#folder)
    this.#position = mark?.position ?? 0
    this.#from = mark?.from ?? 1
    for (let number = segmentOf(this.#from); number <= segmentOf(this.#position); number += 1) {
      const segment = await this.#openSegment(number)
      this.#position = Math.min(this.#position, segment.wholeUpTo)
    }
    await this.#removeStrays()
    const known = mark?.witnesses.filter(({ sequence }) => sequence <= this.#position) ?? []
    this.#first = known[0]
    this.#last = known[1]
  }

  async #openSegment(number: number): Promise<Segment> {
    const bounds = { number, from: this.#from, upTo: this.#position }
    const segment = await Segment.open(this.#folder, bounds, ({ key, sequence }) => {
      this.#heads[chainOf(key)] = sequence
    })
    this.#segments.set(number, segment)
    return segment
  }

  /** Files of segments that nothing counts of, and marks that were never finished. */
  async #removeStrays(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const segment = /^(\d+)\.(data|places)$/.exec(name)
      const isStray = segment ? !this.#segments.has(Number(segment[1])) : /^mark\.json\./.test(name)
      if (isStray) await unlink(join(this.#folder, name))
    }
  }

  get position(): number {
    return this.#position
  }

  /** Facts that tell whether the stream is the one that all this comes from. */
  get witnesses(): readonly Witness[] {
    return [this.#first, this.#last].filter((witness) => witness !== undefined)
  }

  /** Whether what lies here may be given: false until the stream is known to be the same. */
  trust(isTrusted: boolean): void {
    this.#isTrusted = isTrusted
  }

  /** Undefined where it is not here, for whatever reason: then the stream is to be asked. */
  async read(sequence: number): Promise<PublicItem | undefined> {
    const segment = this.#standing(sequence)
    if (segment === undefined) return undefined
    try {
      const bytes = await segment.read(sequence)
      const found = bytes && unpackFull(bytes)
      // It may have been withdrawn while it was read.
      if (found === undefined || this.#standing(sequence) !== segment) return undefined
      if (found.sequence === sequence) return found
      this.#log.warn({ sequence }, 'another item lies in the place of a local one')
    } catch (err) {
      if (this.#standing(sequence) !== segment) return undefined
      this.#log.warn({ err, sequence }, 'local item is not readable')
    }
    return undefined
  }

  #standing(sequence: number): Segment | undefined {
    const segment = this.#isTrusted ? this.#segments.get(segmentOf(sequence)) : undefined
    return segment?.has(sequence) ? segment : undefined
  }

  /** Facts in stream order. What it has already is passed over. */
  append(facts: readonly Fact[]): Promise<void> {
    return this.#inTurn(async () => {
      await this.#checkWriter()
      await this.#overwriteOwed()
      const fresh = facts.filter(({ sequence }) => sequence > this.#position)
      const packed = await Promise.all(fresh.map(packedRecord))
      for (const number of new Set(fresh.map(({ sequence }) => segmentOf(sequence)))) {
        const isHere = (_: unknown, at: number) => segmentOf(fresh[at]?.sequence ?? 0) === number
        await this.#appendTo(number, fresh.filter(isHere), packed.filter(isHere))
      }
      await this.#overwriteOwed()
    })
  }

  async #appendTo(number: number, facts: readonly Fact[], packed: readonly Buffer[]) {
    const segment = this.#segments.get(number) ?? (await this.#openSegment(number))
    // Nothing hangs on a chain before it is written.
    const heads = new Map<number, number>()
    const records = facts.map(({ value, sequence }, at): NewRecord => {
      const key = keyOf(value.id)
      const former = heads.get(chainOf(key)) ?? this.#heads[chainOf(key)] ?? 0
      heads.set(chainOf(key), sequence)
      return { sequence, former, key, bytes: packed[at] ?? Buffer.alloc(0) }
    })
    await segment.append(records)
    for (const [chain, sequence] of heads) this.#heads[chain] = sequence
    for (const [at, { key, former }] of records.entries()) {
      if (facts[at]?.value.status !== 'usable') this.#owed.push({ key, from: former })
    }
    const [first, last] = [facts[0], facts.at(-1)]
    this.#first ??= first && witnessOf(first)
    this.#last = last && witnessOf(last)
    this.#position = last?.sequence ?? this.#position
    this.#isMarked = false
  }

  /** What fails stays owed, and no mark says that the tombstone was handled. */
  async #overwriteOwed(): Promise<void> {
    for (let owed = this.#owed[0]; owed !== undefined; owed = this.#owed[0]) {
      await this.#overwriteVersions(owed)
      this.#owed.shift()
    }
  }

  async #overwriteVersions({ key, from }: Owed): Promise<void> {
    let at = from
    while (at >= this.#from) {
      const segment = this.#segments.get(segmentOf(at))
      const entry: Entry | undefined = await segment?.entry(at)
      if (entry === undefined || segment === undefined) return
      if (entry.key.equals(key)) await segment.blank(entry)
      at = entry.former < at ? entry.former : 0
    }
  }

  /** What the stream has let go of by age goes here too. */
  dropBefore(sequence: number): Promise<void> {
    return this.#inTurn(async () => {
      const from = Math.min(sequence, this.#position + 1)
      if (from <= this.#from) return
      await this.#checkWriter()
      for (const [number, segment] of this.#segments) {
        if (number >= segmentOf(from)) continue
        this.#segments.delete(number)
        await segment.remove()
      }
      await this.#segments.get(segmentOf(from))?.blankBefore(from)
      this.#from = from
      this.#isMarked = false
    })
  }

  /** Forces all to the disk, and notes how far it is whole. */
  sync(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isMarked) return
      await this.#checkWriter()
      await this.#mark()
    })
  }

  async #mark(): Promise<void> {
    await this.#overwriteOwed()
    for (const segment of this.#segments.values()) await segment.sync()
    await writeMarkFile(this.#folder, {
      ...{ format: markFormat, writer: this.#writer, position: this.#position, from: this.#from },
      witnesses: this.witnesses,
    })
    this.#isMarked = true
  }

  /** Empties the folder: another stream follows. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#checkWriter()
      const former = [...this.#segments.values()]
      this.#segments.clear()
      this.#heads.fill(0)
      this.#owed = []
      this.#position = 0
      this.#from = 1
      this.#first = undefined
      this.#last = undefined
      // A crash before this leaves files that the mark cuts off.
      await this.#mark()
      for (const segment of former) await segment.remove()
    })
  }

  async #checkWriter(): Promise<void> {
    const mark = await readMarkFile(this.#folder)
    if (mark?.writer === this.#writer) return
    throw new FolderTakenError(
      `Another process works in ${this.#folder} now. Give each process a folder of its own.`,
    )
  }

  /** Writers one after the other; readers never wait for them. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(act)
    this.#turn = done.catch(() => undefined)
    return done
  }

  close(): Promise<void> {
    this.#isTrusted = false
    return this.#inTurn(() => this.#closeAll())
  }

  async #closeAll(): Promise<void> {
    const all = [...this.#segments.values()]
    this.#segments.clear()
    for (const segment of all) await segment.close()
  }
}

/** Folder by folder: with `recursive` Node never ends in places like /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (!existsSync(dirname(folder))) await makeFolder(dirname(folder))
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

/** What is too large leaves an empty record, which the chain goes through. */
async function packedRecord({ value, sequence }: Fact): Promise<Buffer> {
  const packed = await packFullAside(keptForm(value), sequence)
  return packed.length > localLimits.recordBytesMax ? Buffer.alloc(0) : packed
}

function witnessOf({ sequence, subject, storedAt }: Fact): Witness {
  return { sequence, subject, storedAtMs: storedAt.getTime() }
}
