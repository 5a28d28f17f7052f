import { z } from 'zod'
import { type House, Refusal } from '../house/index.js'
import { fromOlderHouse } from './older-house.js'

const stageSchema = z.looseObject({
  stage: z.string(),
  itemsPerMinute: z.number().nullish(),
  backlog: z.number(),
  oldestWaitingSeconds: z.number().nullish(),
  errorsPerMinute: z.number().nullish(),
})

const alarmSchema = z.looseObject({
  severity: z.string(),
  subject: z.string().nullish(),
  since: z.string().nullish(),
  says: z.string(),
})

/** What the terminal shows of `GET /api/v1/overview`. */
export const overviewSchema = z.looseObject({
  at: z.string().nullish(),
  stages: z.array(stageSchema),
  deliveries: z
    .looseObject({
      perMinute: z.number().nullish(),
      successRate: z.number().nullish(),
      latencyMs: z.looseObject({ p50: z.number(), p95: z.number() }).nullish(),
      open: z.number().nullish(),
      failing: z
        .array(z.looseObject({ endpoint: z.string(), url: z.string().nullish() }))
        .nullish(),
    })
    .nullish(),
  sources: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      state: z.string(),
      lastItemAt: z.string().nullish(),
      nextPollAt: z.string().nullish(),
      says: z.string().nullish(),
    }),
  ),
  deadLetters: z.number(),
  embargoed: z.number().nullish(),
  openRecalls: z.number().nullish(),
  matters: z.number().nullish(),
  redis: z.looseObject({ usedBytes: z.number(), maxBytes: z.number().nullish() }).nullish(),
  disk: z.looseObject({ freeBytes: z.number(), totalBytes: z.number() }).nullish(),
  alarms: z.array(alarmSchema),
})
export type Overview = z.output<typeof overviewSchema>

/** How the house is; of a house without an overview, what its status and its sources tell. */
export async function readOverview(house: House): Promise<Overview> {
  try {
    const overview = await house.ask('GET', '/api/v1/overview', overviewSchema)
    return { ...overview, alarms: [...overview.alarms, ...failingWithoutAlarm(overview)] }
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 404) throw error
    return overviewSchema.parse(await fromOlderHouse(house))
  }
}

/** A source that fails is not well, also while no alarm speaks of it yet. */
function failingWithoutAlarm({ sources, alarms }: Overview): Overview['alarms'] {
  const told = new Set(alarms.map(({ subject }) => subject))
  return sources
    .filter(({ id, name, state }) => state === 'failing' && !told.has(id) && !told.has(name))
    .map(({ id, name, says }) => ({
      ...{ severity: 'warning', subject: id },
      says: `The source ${name} is failing. ${says ?? ''}`.trim(),
    }))
}
