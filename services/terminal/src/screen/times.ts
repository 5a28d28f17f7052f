const steps = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** A span in its largest unit, rounded down: `3 min`, `2 d`; below a second, in ms. */
export function span(ms: number): string {
  for (const [unit, size] of steps) {
    if (ms >= size) return `${Math.floor(ms / size)} ${unit}`
  }
  return `${Math.max(0, Math.round(ms))} ms`
}

/** How long ago, or in how long: `3 min ago`, `in 20 s`, `now`; the text where it is no time. */
export function relative(time: string | null | undefined, now: Date): string {
  if (time === null || time === undefined) return '–'
  const ms = Date.parse(time) - now.getTime()
  if (Number.isNaN(ms)) return time
  if (Math.abs(ms) < 1_000) return 'now'
  return ms < 0 ? `${span(-ms)} ago` : `in ${span(ms)}`
}

/** `14:05:09` in the zone of the terminal. */
export function clockTime(time: Date): string {
  return time.toLocaleTimeString('en-GB', { hour12: false })
}

/** `12,345`. */
export function count(number: number): string {
  return number.toLocaleString('en-US')
}

/** `1.2 GB`: powers of ten, as disks are sold. */
export function bytes(number: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, number)) / 3))
  const shown = number / 1_000 ** step
  return `${step === 0 ? shown : shown.toFixed(1)} ${units[step]}`
}
