import type { Bus } from '@newswire/bus'
import type { RawItem, Source } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import { intakeLimits } from '../limits.js'
import { publishRaw, rawId } from '../publish.js'
import { isKnown, type Marks } from './marks.js'
import type { Piece } from './piece.js'

export interface TakeInOptions {
  readonly bus: Bus
  readonly clock: Clock
  readonly marks: Marks
  readonly door?: RawItem['door']
}

/** Publishes what the marks do not know, and counts it. `pieces` are newest first. */
export async function takeIn(
  source: Source,
  pieces: readonly Piece[],
  { bus, clock, marks, door = 'poll' }: TakeInOptions,
): Promise<{ fresh: number; published: number; oversize: number }> {
  let oversize = 0
  let published = 0
  // Oldest first: the order in stream RAW decides where a source says nothing of the order.
  for (const piece of toldOf(pieces)) {
    if (isKnown(marks, piece)) continue
    const raw = rawOf(source, piece, { door, now: clock.now() })
    if (Buffer.byteLength(raw.body) > intakeLimits.itemBytesMax) {
      oversize += 1
      continue
    }
    await publishRaw(bus, raw, rawId(source.id, piece.key, piece.contentHash))
    published += 1
  }
  return { fresh: published + oversize, published, oversize }
}

/** In the order in which they were told to the world. */
export function toldOf(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.toReversed()
}

/** Tells of releases that no item can hold. */
export function oversizeNote(oversize: number): string[] {
  const { itemBytesMax } = intakeLimits
  return oversize > 0
    ? [`${oversize} entries are larger than ${itemBytesMax} bytes and were left out.`]
    : []
}

function rawOf(
  source: Source,
  piece: Piece,
  { door, now }: { door: RawItem['door']; now: Date },
): RawItem {
  return {
    source: source.id,
    wire: source.wire,
    door,
    contentType: piece.contentType,
    body: piece.body(),
    received: now.toISOString(),
    rights: source.rights,
  }
}
