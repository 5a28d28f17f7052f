import { useEffect, useState } from 'react'
import { useLanguage } from '../words/words.js'

const steps = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const
const tickMs = 30_000

/** How long ago, or how soon; the exact time stands behind it. `at`: RFC 3339. */
export function Time({ at }: { readonly at: string }) {
  const [language] = useLanguage()
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((last) => last + 1), tickMs)
    return () => clearInterval(timer)
  }, [])
  const date = new Date(at)
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' })
  return (
    <time dateTime={at} title={exact.format(date)}>
      {relative(date.getTime() - Date.now(), language)}
    </time>
  )
}

/** "5 minutes ago", in the words of the language. */
export function relative(ms: number, language: string): string {
  const seconds = ms / 1_000
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit)
  }
  return words.format(Math.trunc(seconds), 'second')
}
