import { forEachOf, median, pause } from './figures.js'
import { drive, fanOut } from './webhook-drive.js'
import { startWebhookHouse, type WebhookHouse } from './webhook-house.js'

const endpoints = 1_000
const hangingCount = 100
const pairs = 5
const itemsPerPhase = 300
const waitingCount = 50_000
const inFlight = 128
/** Items that wait have numbers of their own. */
const waitingFirst = 1_000_000
const planMsMax = 300_000

const houseNames = ['quiet', 'hanging', 'waiting'] as const
type HouseName = (typeof houseNames)[number]

/** p99 in ms of the endpoints that answer. */
export type LaneFigures = readonly Readonly<Record<HouseName, number>>[]

/**
 * Three houses under the same load by turns: all answer; 100 of 1,000 endpoints hang; one endpoint
 * hangs with 50,000 items waiting for it.
 */
export async function measureLanes(shards: number): Promise<LaneFigures> {
  const options = { endpoints, fanOut, shards }
  await using quiet = await startWebhookHouse(options)
  await using hanging = await startWebhookHouse(options)
  await using waiting = await startWebhookHouse(options)
  await hanging.sink.order({ hanging: Array.from({ length: hangingCount }, (_, n) => n) })
  await waiting.sink.order({ hanging: [endpoints] })
  await fillLanes(waiting)
  const answering = fanOut * (1 - hangingCount / endpoints)
  const figures: Record<HouseName, number>[] = []
  // The first round compiles, and lets the house learn who hangs.
  for (let pair = 0; pair <= pairs; pair += 1) {
    const phase = async (house: WebhookHouse, perItem: number) =>
      (await drive(house, { first: pair * itemsPerPhase, count: itemsPerPhase, perItem })).p99
    const round = {
      quiet: await phase(quiet, fanOut),
      hanging: await phase(hanging, answering),
      waiting: await phase(waiting, fanOut),
    }
    if (pair > 0) figures.push(round)
  }
  return figures
}

/** All of them planned, for the one endpoint beside the others. */
async function fillLanes(house: WebhookHouse): Promise<void> {
  const numbers = Array.from({ length: waitingCount }, (_, n) => waitingFirst + n)
  await forEachOf(numbers, inFlight, (n) => house.publish(n, house.groups))
  for (let waitedMs = 0; waitedMs < planMsMax; waitedMs += 500) {
    const groups = await house.bus.groups()
    if (groups.every(({ pending, inFlight: held }) => pending + held === 0)) return
    await pause(500)
  }
  throw new Error(`${waitingCount} items were not planned within ${planMsMax} ms.`)
}

export function reportLanes(figures: LaneFigures): string {
  const p99 = (name: HouseName) => median(figures.map((round) => round[name])).toFixed(1)
  const over = (name: HouseName) =>
    median(figures.map((round) => round[name] - 1.1 * round.quiet)).toFixed(1)
  return [
    `Healthy endpoints beside bad ones, p99 of ${pairs} interleaved rounds of ${itemsPerPhase} items:`,
    `  all answer ${p99('quiet')} ms`,
    `  ${hangingCount} of ${endpoints} hang ${p99('hanging')} ms: 1.1 × and ${over('hanging')} ms (goal: ≤ 1.1 × + 10 ms)`,
    `  ${waitingCount} wait for one ${p99('waiting')} ms: 1.1 × and ${over('waiting')} ms (goal: ≤ 1.1 × + 10 ms)`,
  ].join('\n')
}
