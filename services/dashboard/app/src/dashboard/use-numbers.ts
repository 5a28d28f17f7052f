import { useLanguage } from '../words/words.js'

const secondsAMinute = 60
const secondsAnHour = 3_600
const secondsADay = 86_400
const byteSteps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
const kilo = 1_000

/** Numbers as the reader's language writes them, always with their unit. */
export interface Numbers {
  readonly count: (value: number) => string
  readonly percent: (share: number) => string
  readonly span: (seconds: number) => string
  readonly bytes: (value: number) => string
  readonly ms: (value: number) => string
  readonly at: (when: string | number) => string
}

export function useNumbers(): Numbers {
  const [language] = useLanguage()
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const withUnit = (unit: string, value: number) =>
    new Intl.NumberFormat(language, {
      ...{ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 },
    })
      .format(value)
      .replace(' ', '\u00a0')
  return {
    count: (value) => whole.format(value),
    percent: (share) =>
      new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share),
    ms: (value) =>
      value < kilo ? withUnit('millisecond', value) : withUnit('second', value / kilo),
    span: (seconds) => {
      if (seconds < secondsAMinute) return withUnit('second', Math.round(seconds))
      if (seconds < secondsAnHour) return withUnit('minute', Math.floor(seconds / secondsAMinute))
      if (seconds < secondsADay) return withUnit('hour', seconds / secondsAnHour)
      return withUnit('day', seconds / secondsADay)
    },
    bytes: (value) => {
      const step = Math.min(
        byteSteps.length - 1,
        Math.floor(Math.log(Math.max(1, value)) / Math.log(kilo)),
      )
      return withUnit(byteSteps[step] ?? 'byte', value / kilo ** step)
    },
    at: (when) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(
        new Date(when),
      ),
  }
}
