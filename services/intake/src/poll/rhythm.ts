import { type Source, shortHash } from '@newswire/model'
import { backOff } from '../limits.js'

const secondMs = 1_000
const jitterShare = 0.1

/**
 * How long a source rests between two polls. The jitter of ±10 % belongs to the source: it spreads
 * the sources over time, and every process comes to the same schedule without asking another.
 */
export function restMs(
  source: Pick<Source, 'id' | 'intervalSeconds'>,
  failuresInRow: number,
): number {
  const intervalMs = source.intervalSeconds * secondMs
  const plain = failuresInRow === 0 ? intervalMs : backOffMs(intervalMs, failuresInRow)
  return Math.round(plain * (1 + jitterShare * chanceOf(source.id)))
}

function backOffMs(intervalMs: number, failuresInRow: number): number {
  const { firstMs, factor, lastMs } = backOff
  return Math.min(lastMs, Math.min(firstMs, intervalMs) * factor ** (failuresInRow - 1))
}

/** Between −1 and 1, always the same for a name. */
function chanceOf(name: string): number {
  const number = Buffer.from(shortHash('jitter', name), 'base64url').readUInt32BE(0)
  return (number / 0xffff_ffff) * 2 - 1
}
