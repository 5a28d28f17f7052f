import { dayMs, hourMs, watchLimits } from './limits.js'

/**
 * A source's own rhythm, learnt from when its items were stored in stream RAW over four weeks.
 *
 * For each hour of the week it is known in how many of the observed weeks the source brought
 * anything then, and how much on average. A silence is judged by its chance: hour by hour, the
 * chance that nothing comes (`1 - hits / (weeks + 1)`, so that few weeks never make sure) is
 * multiplied; where many items an hour are usual, a quarter of them counts as independent. Below
 * one in a hundred the source is silent against its own weekday and hour: a source that brings
 * something each Monday at nine is missed on Monday, not at night.
 */
export interface Silence {
  /** Natural logarithm of the chance of such a silence. */
  readonly logChance: number
  readonly isSilent: boolean
}

const hoursOfWeek = 168
const silentLogChance = Math.log(0.01)
/** No source is silent before this. */
const silenceMsMin = hourMs / 2
/** Nothing is known of a rhythm before this. */
const learntMsMin = 7 * dayMs
/** Items come in bunches: so many count as one. */
const bunch = 4

const hourOf = (at: Date) => Math.floor(at.getTime() / hourMs)

export class Rhythm {
  readonly #hours = new Map<number, number>()
  #firstAt: Date | undefined
  #lastAt: Date | undefined

  /** In order of time. */
  add(at: Date): void {
    const hour = hourOf(at)
    this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + 1)
    this.#firstAt ??= at
    this.#lastAt = at
    const floor = hour - watchLimits.rhythmDays * 24
    for (const oldest of this.#hours.keys()) {
      if (oldest >= floor) break
      this.#hours.delete(oldest)
    }
  }

  get lastAt(): Date | undefined {
    return this.#lastAt
  }

  isLearnt(now: Date): boolean {
    return this.#firstAt !== undefined && now.getTime() - this.#firstAt.getTime() >= learntMsMin
  }

  /** Items that are usual in this hour of this weekday; undefined until a week is known. */
  usualPerHour(now: Date): number | undefined {
    if (!this.isLearnt(now)) return undefined
    const { items, weeks } = this.#hourOfWeek(hourOf(now), now)
    return Math.round((items / weeks) * 10) / 10
  }

  /** How likely it is that nothing came since its last item. */
  silence(now: Date): Silence {
    const lastAt = this.#lastAt
    if (lastAt === undefined || !this.isLearnt(now)) return { logChance: 0, isSilent: false }
    let logChance = 0
    // Older silences are sure anyway.
    const from = Math.max(lastAt.getTime(), now.getTime() - 2 * hoursOfWeek * hourMs)
    for (let hour = Math.floor(from / hourMs); hour <= hourOf(now); hour += 1) {
      const begin = Math.max(from, hour * hourMs)
      const share = (Math.min(now.getTime(), (hour + 1) * hourMs) - begin) / hourMs
      logChance -= share * this.#weight(hour, lastAt)
    }
    const isLong = now.getTime() - lastAt.getTime() >= silenceMsMin
    return { logChance, isSilent: isLong && logChance < silentLogChance }
  }

  /** How much an empty hour says. Only what came before the silence is asked. */
  #weight(hour: number, lastAt: Date): number {
    const { hits, items, weeks } = this.#hourOfWeek(hour, lastAt)
    return Math.max(-Math.log(1 - hits / (weeks + 1)), items / weeks / bunch)
  }

  #hourOfWeek(hour: number, before: Date) {
    const first = hourOf(this.#firstAt ?? before)
    const seen = { hits: 0, items: 0, weeks: 0 }
    for (let ago = 1; ago <= watchLimits.rhythmDays / 7 + 2; ago += 1) {
      const at = hour - ago * hoursOfWeek
      if (at < first || at < hourOf(before) - watchLimits.rhythmDays * 24) break
      if (at >= hourOf(before)) continue
      const items = this.#hours.get(at) ?? 0
      seen.weeks += 1
      seen.items += items
      if (items > 0) seen.hits += 1
    }
    return { ...seen, weeks: Math.max(1, seen.weeks) }
  }
}

/** The rhythms of all sources by the token of their subject, and of the whole wire. */
export class Rhythms {
  readonly #ofSource = new Map<string, Rhythm>()
  readonly wire = new Rhythm()
  isRead = false

  add(token: string, at: Date): void {
    const known = this.#ofSource.get(token) ?? new Rhythm()
    if (this.#ofSource.size < watchLimits.rhythmsMax) this.#ofSource.set(token, known)
    known.add(at)
    this.wire.add(at)
  }

  of(token: string): Rhythm | undefined {
    return this.#ofSource.get(token)
  }
}
