import type { HubLane } from '@newswire/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createContents } from './contents.js'
import * as lanes from './lane.js'
import { hubLimits } from './limits.js'

/*
 * Two processes look at one lane. Each is told of changes in its own time, renders from what it
 * kept or from the read model, and may die between any two steps.
 */

interface Process {
  fellBack(): void
  /** Where its projector is; it tells again what comes again. */
  told: number
  seen: number
  changedAt: number
  /** What its kept rendering was made from; undefined: nothing is kept. */
  keptAt: number | undefined
}

type Act = 'change' | 'other' | 'apply' | 'tell' | 'look' | 'time' | 'fall-back'
type Ending = 'delivered' | 'failed' | 'dead'

const acts = fc.constantFrom<Act>(
  'change',
  'other',
  'apply',
  'tell',
  'look',
  'look',
  'look',
  'time',
)
const rare = fc.constantFrom<Act>('fall-back')
const steps = fc.record({
  act: fc.oneof({ weight: 20, arbitrary: acts }, { weight: 1, arbitrary: rare }),
  process: fc.nat(1),
  ending: fc.constantFrom<Ending>('delivered', 'failed', 'dead'),
})
const schedule = hubLimits.retry

function newProcess(): Process {
  const one: Process = {
    ...{ told: 0, seen: 0, changedAt: 0, keptAt: undefined },
    fellBack() {
      one.seen = 0
    },
  }
  return one
}

class World {
  readonly #scheduler: fc.Scheduler
  readonly #processes = [newProcess(), newProcess()]
  /** Sequences of TAGGED that touch the topic. */
  readonly #changes: number[] = []
  #head = 0
  #position = 0
  #lane: { value: HubLane; revision: number } | undefined
  #nowMs = 0
  #looking = 0
  #live = 0
  #attempts = 0
  /** The newest change in what was ever sent, and in what was received. */
  #sent = 0
  received = 0

  constructor(scheduler: fc.Scheduler) {
    this.#scheduler = scheduler
  }

  get newest(): number {
    return this.#changes.at(-1) ?? 0
  }

  async act({ act, process, ending }: { act: Act; process: number; ending: Ending }) {
    const one = this.#processes[process] as Process
    if (act === 'look') return this.#look(one, ending)
    if (act === 'change' || act === 'other') {
      this.#head += 1
      if (act === 'change') this.#changes.push(this.#head)
    } else if (act === 'apply') this.#position = Math.min(this.#head, this.#position + 1)
    else if (act === 'tell') this.#tell(one)
    else if (act === 'time' && this.#live === 0) this.#nowMs += 7_000
    else if (act === 'fall-back' && this.#looking === 0) this.#fallBack()
  }

  /** All is told, time goes on, and what is missing is looked at. */
  async settle(): Promise<void> {
    this.#position = this.#head
    for (const one of this.#processes) while (one.told < this.#head) this.#tell(one)
    for (let tries = 0; tries < 3; tries += 1) {
      this.#nowMs += 1e12
      const running = this.#look(this.#processes[0] as Process, 'delivered')
      await this.#scheduler.waitFor(running)
    }
  }

  #tell(one: Process): void {
    if (one.told >= this.#position) return
    one.told += 1
    one.seen = one.told
    if (!this.#changes.includes(one.told)) return
    one.changedAt = Math.max(one.changedAt, one.told)
    one.keptAt = undefined
  }

  /** Redis was emptied: everything is rendered anew from what comes back. */
  #fallBack(): void {
    this.#position = 0
    for (const one of this.#processes) {
      one.told = 0
      one.keptAt = undefined
    }
  }

  #render(one: Process): number {
    one.keptAt ??= this.#position
    const { keptAt } = one
    return this.#changes.findLast((change) => change <= keptAt) ?? 0
  }

  async #look(one: Process, ending: Ending): Promise<void> {
    this.#looking += 1
    await this.#lookAt(one, ending).finally(() => {
      this.#looking -= 1
    })
  }

  async #lookAt(one: Process, ending: Ending): Promise<void> {
    const wait = <T>(read: () => T): Promise<T> =>
      this.#scheduler.schedule(Promise.resolve()).then(read)
    const now = new Date(this.#nowMs)
    let shown = 0
    const get = () =>
      wait(() => {
        shown = this.#render(one)
        return { etag: `"${shown}"`, plain: async () => Buffer.from('') }
      })
    const position = () => wait(() => this.#position)
    const contents = createContents({ renderings: { get }, topics: one, position })
    const lane = await wait(() => this.#lane)
    const at = await contents.position()
    const view = { now, seen: one.seen, position: at, changedAt: one.changedAt, withdrawnAt: 0 }
    const step = lanes.stepOf(lane?.value ?? lanes.newLane, view, hubLimits.freshPauseMsMax)
    if (step.kind !== 'send') return
    const found = await contents.get({
      ...{ format: 'rss' as const, filter: {}, language: 'en' as const, limit: 1, path: '' },
    })
    if (found === undefined) return
    await wait(() => undefined)
    if (this.#lane?.revision !== lane?.revision) return
    await this.#attempt(lane?.value ?? lanes.newLane, found.content, { shown, ending })
  }

  async #attempt(
    lane: HubLane,
    content: lanes.Content,
    { shown, ending }: { shown: number; ending: Ending },
  ): Promise<void> {
    if (lane.etag === content.etag) return this.#write(lanes.unchanged(lane, content))
    this.#attempts += 1
    const id = String(this.#attempts)
    const until = new Date(this.#nowMs + 20_000).toISOString()
    this.#write(lanes.started(lane, content, { id, until }))
    expect(this.#live, 'one attempt in flight').toBe(0)
    expect(shown, 'nothing older after what is newer').toBeGreaterThanOrEqual(this.#sent)
    this.#sent = shown
    this.#live += 1
    await this.#scheduler.schedule(Promise.resolve())
    this.#live -= 1
    const standing = this.#lane?.value
    if (ending === 'dead' || standing?.flight?.id !== id) return
    if (ending === 'delivered') {
      this.received = shown
      this.#write(lanes.delivered(standing, content))
    } else {
      const now = new Date(this.#nowMs)
      this.#write(lanes.failed(standing, schedule, { now, chance: 0.5 }))
    }
  }

  #write(value: HubLane): void {
    this.#lane = { value, revision: (this.#lane?.revision ?? 0) + 1 }
  }
}

test('no attempt sends older content after newer, one is in flight, and the newest arrives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(steps, { minLength: 10, maxLength: 120 }),
      async (scheduler, all) => {
        const world = new World(scheduler)
        const running: Promise<void>[] = []
        // In their order; what a look waits for comes between them at random.
        const { task } = scheduler.scheduleSequence(
          all.map((step) => async () => {
            running.push(world.act(step))
          }),
        )
        await scheduler.waitFor(task)
        await scheduler.waitFor(Promise.all(running))
        await world.settle()
        expect(world.received).toBe(world.newest)
      },
    ),
    { numRuns: 4_000 },
  )
})
