import { z } from 'zod'
import type { House } from '../house/index.js'

const statusSchema = z.looseObject({
  groups: z.array(z.looseObject({ group: z.string(), pending: z.number(), inFlight: z.number() })),
  deadLetters: z.number(),
  matters: z.number(),
  memory: z.looseObject({ usedBytes: z.number(), maxBytes: z.number() }),
})

const sourcesSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      state: z.string(),
      reason: z.string().nullish(),
      lastItemAt: z.string().nullish(),
      nextPollAt: z.string().nullish(),
    }),
  ),
})

const ill = ['failing', 'silent', 'gone']

/** The overview of a house that has none: without rates, and with the alarms that we can tell. */
export async function fromOlderHouse(house: House): Promise<object> {
  const [{ groups, deadLetters, matters, memory }, sources] = await Promise.all([
    house.ask('GET', '/api/v1/status', statusSchema),
    house.ask('GET', '/api/v1/sources', sourcesSchema),
  ])
  const alarms = sources.items
    .filter(({ state }) => ill.includes(state))
    .map(({ name, state, reason }) => ({
      ...{ severity: 'warning', subject: name },
      says: `The source ${name} is ${state}. ${reason ?? ''}`.trim(),
    }))
  const letters = { severity: 'warning', says: sayLetters(deadLetters) }
  return {
    stages: stagesOf(groups),
    sources: sources.items.map(({ reason, ...source }) => ({ ...source, says: reason })),
    ...{ deadLetters, matters, redis: memory },
    alarms: deadLetters > 0 ? [...alarms, letters] : alarms,
  }
}

function sayLetters(number: number): string {
  return number === 1
    ? 'A dead letter waits for a look: newswire dead.'
    : `${number} dead letters wait for a look: newswire dead.`
}

/** The shards of the webhooks are one stage. */
function stagesOf(groups: z.output<typeof statusSchema>['groups']): object[] {
  const backlogs = new Map<string, number>()
  for (const { group, pending, inFlight } of groups) {
    const stage = group.replace(/-\d+$/, '')
    backlogs.set(stage, (backlogs.get(stage) ?? 0) + pending + inFlight)
  }
  return [...backlogs].map(([stage, backlog]) => ({ stage, backlog }))
}
