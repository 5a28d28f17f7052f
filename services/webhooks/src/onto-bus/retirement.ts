import type { Bus, Register } from '@newswire/bus'
import type { Log } from '@newswire/runtime'
import type { Directory } from '../registry/directory.js'
import type { WebhookRow } from '../registry/webhook-row.js'

export interface RetirementOptions {
  readonly bus: Pick<Bus, 'eraseOut'>
  readonly endpoints: Register<WebhookRow>
  readonly directory: Pick<Directory, 'get'>
  readonly log: Log
  readonly mayStart: () => boolean
  /** Whether an attempt of the endpoint may be in flight. */
  readonly hasAny: (endpoint: string) => boolean
}

/**
 * What a deleted subscription was given goes with it: else a text that is withdrawn later would
 * stay on the bus, since nobody is told of it there. The row goes last, so that whoever owns the
 * shard next finds what is not done. What has no room now is looked at again by the reconciler.
 */
export class Retirement {
  readonly #options: RetirementOptions
  readonly #running = new Map<string, Promise<void>>()

  constructor(options: RetirementOptions) {
    this.#options = options
  }

  look(endpoint: string): void {
    const row = this.#options.directory.get(endpoint)?.row
    const isDue = row?.retiredAt !== undefined && this.#options.mayStart()
    if (!isDue || this.#running.has(endpoint)) return
    const running = this.#retire(endpoint).finally(() => this.#running.delete(endpoint))
    this.#running.set(endpoint, running)
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  async #retire(endpoint: string): Promise<void> {
    const { bus, endpoints, log, hasAny } = this.#options
    try {
      const isQuiet = !hasAny(endpoint)
      await bus.eraseOut({ subscription: endpoint })
      if (!isQuiet) return
      await endpoints.delete(endpoint)
      log.info({ endpoint }, 'subscription on the bus deleted, with what it was given')
    } catch (error) {
      log.warn({ err: error, endpoint }, 'subscription on the bus not deleted; it is tried again')
    }
  }
}
