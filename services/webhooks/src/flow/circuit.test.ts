import { retrySchedule } from '@newswire/model'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { afterFailure, type Circuit, closedCircuit, isOpen, restoredCircuit } from './circuit.js'

const failuresMax = 5
const schedule = retrySchedule

type Step = { wait: number } | { end: 'ok' | 'failed'; pauseMs: number } | { start: true }

const steps = fc.array(
  fc.oneof(
    fc.record({ wait: fc.nat(60_000) }),
    fc.record({ start: fc.constant(true as const) }),
    fc.record({
      end: fc.constantFrom('ok' as const, 'failed' as const, 'failed' as const),
      pauseMs: fc.constantFrom(0, 0, 0, 90_000),
    }),
  ),
  { maxLength: 80 },
)

/** An endpoint whose attempts start whenever its circuit lets them, and end in any order. */
class World {
  circuit: Circuit = closedCircuit
  now = 0
  readonly flying: { probe: boolean }[] = []

  do(step: Step): void {
    if ('wait' in step) this.now += step.wait
    else if ('start' in step) this.#start()
    else this.#end(step)
  }

  #start(): void {
    const probe = isOpen(this.circuit)
    const isFree = !probe || this.flying.length === 0
    if (isFree && this.now >= this.circuit.until) this.flying.push({ probe })
  }

  #end({ end, pauseMs }: { end: 'ok' | 'failed'; pauseMs: number }): void {
    const ended = this.flying.shift()
    if (!ended) return
    const failure = { now: this.now, chance: 0.5, schedule, failuresMax, pauseMs, ...ended }
    this.circuit = end === 'ok' ? closedCircuit : afterFailure(this.circuit, failure)
  }
}

it('is open exactly after enough failures in a row, with one probe at a time', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const world = new World()
      for (const step of all) {
        const before = world.circuit
        world.do(step)
        const { circuit, flying } = world
        expect(isOpen(circuit)).toBe(circuit.failures >= failuresMax)
        expect(flying.filter(({ probe }) => probe).length).toBeLessThanOrEqual(1)
        if (isOpen(before) && isOpen(circuit)) {
          expect(circuit.until).toBeGreaterThanOrEqual(before.until)
        }
      }
    }),
    { numRuns: 2_000 },
  )
})

it('waits by the schedule of a lane after each probe, however much else fails meanwhile', () => {
  let circuit = closedCircuit
  let now = 1_000
  const fail = (probe: boolean) => {
    const failure = { now, chance: 0.5, schedule, failuresMax, probe, pauseMs: 0 }
    circuit = afterFailure(circuit, failure)
  }
  for (let each = 0; each < 8; each += 1) fail(false)
  for (const pauseMs of [...schedule.stepsMs, schedule.thenEveryMs, schedule.thenEveryMs]) {
    expect(circuit.until - now).toBe(pauseMs)
    now = circuit.until
    fail(true)
  }
})

it('waits for as long as the endpoint asks, and not less than by the schedule', () => {
  const failure = { now: 0, chance: 0.5, schedule, failuresMax, probe: false }
  expect(afterFailure(closedCircuit, { ...failure, pauseMs: 90_000 })).toEqual({
    failures: 1,
    until: 90_000,
  })
  const standing = { failures: 4, until: 0 }
  expect(afterFailure(standing, { ...failure, pauseMs: 1_000 }).until).toBe(5_000)
})

it('is probed at once where its memory was lost', () => {
  expect(restoredCircuit(7, failuresMax)).toEqual({ failures: 7, probes: 0, until: 0 })
  expect(isOpen(restoredCircuit(4, failuresMax))).toBe(false)
})
