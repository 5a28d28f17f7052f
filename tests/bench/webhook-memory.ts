import type { Role } from '@newswire/kit'
import { forEachOf, pause } from './figures.js'
import type { WebhookHouse } from './webhook-house.js'

/** What a process holds once its garbage is gone, in bytes. */
export interface Held {
  readonly heapUsed: number
  readonly arrayBuffers: number
  readonly resident: number
}

/** Runs inside of the role, as only that can collect its garbage. */
const probe = `
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
process.on('SIGUSR2', () => {
  // Twice: what buffers stood for is freed behind the first.
  collect()
  collect()
  const { heapUsed, arrayBuffers, rss: resident } = process.memoryUsage()
  const held = JSON.stringify({ heapUsed, arrayBuffers, resident })
  process.stdout.write('held ' + held + '\\n')
})`

/** For the role's NODE_OPTIONS: it then answers `heldBy`. */
export const heldOption = `--import data:text/javascript,${encodeURIComponent(probe)}`

const answerMsMax = 30_000
/** More than the role keeps bodies of (`bodiesBytesMax`). */
const filledItems = 4_000
/** Unlike those of all rounds. */
const firstFilled = 10_000_000
const publishesAtOnce = 64

export async function heldBy(role: Role): Promise<Held> {
  const told = () => [...role.written().matchAll(/^held (\{.*\})$/gm)]
  const before = told().length
  role.signal('SIGUSR2')
  for (let waitedMs = 0; waitedMs < answerMsMax; waitedMs += 20) {
    const [, text] = told().at(before) ?? []
    if (text !== undefined) return JSON.parse(text) as Held
    await pause(20)
  }
  throw new Error('The role does not say what it holds.')
}

/** Fills what the role keeps of items up to its limit: it is to hold no more from then on. */
export async function fillBodies(house: WebhookHouse): Promise<void> {
  await house.sink.order({ reset: true })
  const numbers = Array.from({ length: filledItems }, (_, n) => firstFilled + n)
  // The group of one endpoint.
  await forEachOf(numbers, publishesAtOnce, (n) => house.publish(n, house.groups))
  await house.sink.received(filledItems)
}

/** Of the last third of the rounds to the third before it: 1 where nothing grows. */
export function flatness(rounds: readonly Held[]): number {
  const third = Math.floor(rounds.length / 3)
  const sum = (some: readonly Held[]) => some.reduce((all, held) => all + bytesOf(held), 0)
  return sum(rounds.slice(-third)) / sum(rounds.slice(-2 * third, -third))
}

export function bytesOf({ heapUsed, arrayBuffers }: Held): number {
  return heapUsed + arrayBuffers
}
