import { residentBytes } from './feeds-house.js'
import { median } from './figures.js'
import { type Driven, drive, fanOut } from './webhook-drive.js'
import { startWebhookHouse } from './webhook-house.js'

const few = 1_000
const many = 100_000
const rounds = 5
const itemsPerRound = 300

export interface WebhookGrowthFigures {
  readonly rounds: readonly { readonly few: Driven; readonly many: Driven }[]
  readonly startMs: { readonly few: number; readonly many: number }
  readonly residentBytes: { readonly few: number; readonly many: number }
}

/** The same load on a house with few endpoints and on one with many, by turns. */
export async function measureWebhookGrowth(shards: number): Promise<WebhookGrowthFigures> {
  const begunAt = performance.now()
  await using small = await startWebhookHouse({ endpoints: few, fanOut, shards })
  const smallAt = performance.now()
  await using large = await startWebhookHouse({ endpoints: many, fanOut, shards })
  const largeAt = performance.now()
  const measured: { few: Driven; many: Driven }[] = []
  // The first round compiles.
  for (let round = 0; round <= rounds; round += 1) {
    const order = { first: round * itemsPerRound, count: itemsPerRound, perItem: fanOut }
    const figures = { few: await drive(small, order), many: await drive(large, order) }
    if (round > 0) measured.push(figures)
  }
  return {
    rounds: measured,
    startMs: { few: smallAt - begunAt, many: largeAt - smallAt },
    residentBytes: { few: residentBytes(small.role.pid), many: residentBytes(large.role.pid) },
  }
}

export function reportWebhookGrowth(figures: WebhookGrowthFigures): string {
  const { rounds: all, startMs, residentBytes: bytes } = figures
  const ratio = (of: keyof Driven) =>
    median(all.map((round) => round.many[of] / round.few[of])).toFixed(2)
  const line = (name: 'few' | 'many') => {
    const [p50, cpu] = [
      median(all.map((round) => round[name].p50)),
      median(all.map((round) => round[name].cpuUs)),
    ]
    const megabytes = Math.round(bytes[name] / 1_024 ** 2)
    return `p50 ${p50.toFixed(1)} ms, ${cpu.toFixed(0)} µs CPU a delivery, ${megabytes} MB, registered and started in ${(startMs[name] / 1_000).toFixed(0)} s`
  }
  return [
    `From ${few.toLocaleString('en')} to ${many.toLocaleString('en')} endpoints, ${fanOut} calls an item, ${rounds} interleaved rounds:`,
    `  ${few}: ${line('few')}`,
    `  ${many}: ${line('many')}`,
    `  CPU × ${ratio('cpuUs')}, p50 × ${ratio('p50')}, p99 × ${ratio('p99')} (goal: < 1.3)`,
  ].join('\n')
}
