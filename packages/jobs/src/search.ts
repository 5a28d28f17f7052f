import type { Job as BullJob, RedisConnection } from 'bullmq'
import type { FoundJob, Job } from './jobs.js'
import { jobLimits } from './limits.js'
import type { OpenQueue } from './queue.js'

const states = ['active', 'waiting', 'delayed', 'failed'] as const

type State = FoundJob['state']

export interface SearchedJobs {
  /** Where the queues are kept. */
  readonly client: Awaited<RedisConnection['client']>
  readonly queues: readonly OpenQueue[]
}

/** Looks through the newest jobs of each state, within a limit for all queues together. */
export async function searchJobs(
  { client, queues }: SearchedJobs,
  { words, limit }: { words: readonly string[]; limit: number },
): Promise<FoundJob[]> {
  const counts = await Promise.all(queues.map(({ bull }) => bull.getJobCounts(...states)))
  // Who asks for a state alone has no need of the others.
  const asked = states.filter((state) => words.includes(state))
  const places = queues.flatMap(({ bull }, at) =>
    (asked.length > 0 ? asked : states).map((state) => ({
      bull,
      state,
      count: counts[at]?.[state] ?? 0,
    })),
  )
  const found: FoundJob[] = []
  let left: number = jobLimits.searchedJobsMax
  for (const { bull, state, count } of places) {
    const looked = Math.min(count, left, jobLimits.searchedPerStateMax)
    left -= looked
    if (looked > 0) found.push(...(await jobsIn({ client, bull, state }, { words, looked, limit })))
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}

interface Place {
  readonly client: SearchedJobs['client']
  readonly bull: OpenQueue['bull']
  readonly state: State
}

async function jobsIn(
  { client, bull, state }: Place,
  { words, looked, limit }: { words: readonly string[]; looked: number; limit: number },
): Promise<FoundJob[]> {
  const ids = await bull.getRanges([state], 0, looked - 1)
  const isAll = words.includes(state)
  const named = isAll ? ids : await namedOf({ client, bull }, ids, words)
  const jobs = await Promise.all(named.slice(0, limit).map((id) => bull.getJob(id)))
  return jobs.filter((job) => job !== undefined).map((job) => foundJob(job, bull.name, state))
}

/** Whole jobs are dear: of most of them the name and what they are about tell enough. */
async function namedOf(
  { client, bull }: Omit<Place, 'state'>,
  ids: readonly string[],
  words: readonly string[],
): Promise<string[]> {
  const told = await Promise.all(ids.map((id) => client.hmget(bull.toKey(id), 'name', 'data')))
  const wanted = words.map((word) => word.toLowerCase())
  return ids.filter((_, at) => {
    const [name, data] = told[at] ?? []
    const text = `${name ?? ''} ${valuesOf(data)}`.toLowerCase()
    return wanted.some((word) => text.includes(word))
  })
}

function valuesOf(data: string | null | undefined): string {
  const read: unknown = data ? JSON.parse(data) : {}
  return typeof read === 'object' && read !== null ? Object.values(read).join(' ') : ''
}

function foundJob(job: BullJob, queue: string, state: FoundJob['state']): FoundJob {
  const { id = '', name, attemptsMade, timestamp, failedReason } = job
  const data = job.data as Job['data']
  const why = failedReason ? { reason: failedReason } : {}
  return {
    queue,
    id,
    key: name,
    state,
    data,
    attempts: attemptsMade,
    at: new Date(timestamp),
    ...why,
  }
}
