import type { Job, JobQueue, Jobs, JobWorker } from '@newswire/jobs'
import { toToken } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import type { WebhookLimits } from '../limits.js'
import type { VerifierLook } from '../registry/verifier.js'
import type { Look } from './said.js'

export interface LooksOptions {
  readonly jobs: Jobs
  readonly shard: number
  readonly clock: Clock
  readonly log: Log
  readonly limits: Pick<WebhookLimits, 'looksAtOnceMax'>
  readonly onLane: (endpoint: string, item: string) => void
  readonly onVerify: (endpoint: string) => void
}

type Due = Job & { readonly at: number }

const reconciledAtOnce = 500

/**
 * The jobs of a shard. Each says *look* at one lane or at one pending webhook; a job that is lost
 * is made again by the reconciler, and one that comes too often finds nothing to do.
 */
export class Looks {
  readonly #options: LooksOptions
  readonly #queue: JobQueue
  readonly #name: string
  #worker: JobWorker | undefined

  constructor(options: LooksOptions) {
    this.#options = options
    this.#name = `deliveries-${options.shard}`
    this.#queue = options.jobs.queue(this.#name)
  }

  async start(): Promise<void> {
    const { jobs, limits } = this.#options
    this.#worker = await jobs.work({
      queue: this.#name,
      concurrency: limits.looksAtOnceMax,
      handle: async ({ data }) => this.#handle(data),
    })
  }

  async stop(): Promise<void> {
    await this.#worker?.stop()
  }

  wakeLane(look: Look): void {
    this.#add(laneJob(look))
  }

  wakeVerifier(look: VerifierLook): void {
    this.#add(verifyJob(look))
  }

  forgetLane(look: Look): void {
    this.#queue.remove(laneJob(look).key).catch((error: unknown) => this.#failed(error))
  }

  /** Makes the jobs that are missing. */
  async reconcile(lanes: Iterable<Look>, verifications: Iterable<VerifierLook>): Promise<void> {
    let due: Due[] = []
    for (const job of jobsOf(lanes, verifications)) {
      due.push(job)
      if (due.length < reconciledAtOnce) continue
      await this.#addMissing(due)
      due = []
    }
    await this.#addMissing(due)
  }

  async #addMissing(due: readonly Due[]): Promise<void> {
    if (due.length === 0) return
    const standing = await this.#queue.has(due.map(({ key }) => key))
    const missing = due.filter(({ key }) => !standing.has(key))
    await this.#queue.addAll(missing.map((job) => this.#delayed(job)))
    if (missing.length > 0) {
      const { log, shard } = this.#options
      log.info({ shard, jobs: missing.length }, 'missing delivery jobs made again')
    }
  }

  #delayed({ key, data, at }: Due): Job & { delayMs: number } {
    return { key, data, delayMs: Math.max(0, at - this.#options.clock.now().getTime()) }
  }

  #add(job: Due): void {
    this.#queue.addAll([this.#delayed(job)]).catch((error: unknown) => this.#failed(error))
  }

  #failed(error: unknown): void {
    const { log, shard } = this.#options
    log.warn({ err: error, shard }, 'delivery job not written; the reconciler makes it')
  }

  #handle(data: Job['data']): void {
    const { endpoint, item } = data
    if (typeof endpoint !== 'string') return
    if (typeof item === 'string') this.#options.onLane(endpoint, item)
    else this.#options.onVerify(endpoint)
  }
}

function* jobsOf(lanes: Iterable<Look>, verifications: Iterable<VerifierLook>): Iterable<Due> {
  for (const look of lanes) yield laneJob(look)
  for (const look of verifications) yield verifyJob(look)
}

/**
 * Each wait has a job of its own, named after the delivery and its attempts: under one name for the
 * lane, the long wait of an older version would stand in the way of the newer one's short wait.
 */
function laneJob({ endpoint, item, sequence, attempts, at }: Look): Due {
  const key = toToken(`${endpoint}-${item}-${sequence}-${attempts}`)
  return { key, data: { endpoint, item }, at }
}

function verifyJob({ endpoint, attempts, at }: VerifierLook): Due {
  return { key: toToken(`verify-${endpoint}-${attempts}`), data: { endpoint }, at }
}
