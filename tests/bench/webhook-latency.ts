import { type Driven, drive, fanOut, itemsPerSecond } from './webhook-drive.js'
import { startWebhookHouse } from './webhook-house.js'

const endpoints = 1_000
const warmUpItems = 200
const itemCount = 1_000

/** From the append of an item to TAGGED to the calls that it causes. */
export async function measureWebhookLatency(shards: number): Promise<Driven> {
  await using house = await startWebhookHouse({ endpoints, fanOut, shards })
  await drive(house, { first: 0, count: warmUpItems, perItem: fanOut })
  // Awaited here, as the house ends with this function.
  return await drive(house, { first: warmUpItems, count: itemCount, perItem: fanOut })
}

export function reportWebhookLatency({ p50, p99, cpuUs }: Driven): string {
  return [
    `From tagged to received, ${itemsPerSecond} items/s to ${fanOut} of ${endpoints} endpoints each:`,
    `  p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${cpuUs.toFixed(0)} µs CPU a delivery (goal: p50 < 15 ms, p99 < 100 ms)`,
  ].join('\n')
}
