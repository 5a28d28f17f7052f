import { minuteMs, watchLimits } from './limits.js'

const { slotMs, slotsMax } = watchLimits
const slotOf = (ms: number) => Math.floor(ms / slotMs)

/** How often things happened, in slots of ten seconds by the time at which they happened. */
export class Tally {
  readonly #slots = new Map<string, Map<number, number>>()
  readonly #last = new Map<string, Date>()

  add(name: string, at: Date, count = 1): void {
    const slots = this.#slots.get(name) ?? new Map<number, number>()
    this.#slots.set(name, slots)
    const slot = slotOf(at.getTime())
    slots.set(slot, (slots.get(slot) ?? 0) + count)
    for (const oldest of slots.keys()) {
      if (slots.size <= slotsMax) break
      slots.delete(oldest)
    }
    const last = this.#last.get(name)
    if (last === undefined || last < at) this.#last.set(name, at)
  }

  lastAt(name: string): Date | undefined {
    return this.#last.get(name)
  }

  /** Those from `from` to before `to`, both in ms and on the border of a slot. */
  between(name: string, from: number, to: number): number {
    const slots = this.#slots.get(name)
    if (slots === undefined) return 0
    let sum = 0
    for (let slot = slotOf(from); slot < slotOf(to); slot += 1) sum += slots.get(slot) ?? 0
    return sum
  }

  /** Of the last minute, and of the one before. */
  rates(name: string, now: Date): { perMinute: number; previous: number } {
    const end = (slotOf(now.getTime()) + 1) * slotMs
    return {
      perMinute: this.between(name, end - minuteMs, end),
      previous: this.between(name, end - 2 * minuteMs, end - minuteMs),
    }
  }
}
