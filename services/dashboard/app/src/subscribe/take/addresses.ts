import { type Choice, queryOf } from '../../filter/choice.js'
import type { Language } from '../../words/words.js'

export const formats = ['rss', 'atom', 'json', 'ninjs', 'opml'] as const
export type Format = (typeof formats)[number]

/** What the house takes for the language of a feed's own words where its address names none. */
const languageDefault: Language = 'en'

/** The address of a feed of the choice, in the one spelling that needs no redirect. */
export function feedPath(format: Format, choice: Choice, language: Language): string {
  const query = queryOf(choice)
  const own = language === languageDefault ? [] : [`hl=${language}`]
  const parts =
    format === 'opml'
      ? [`feed=${encodeURIComponent(query)}`, ...own]
      : [...query.split('&').filter((part) => part !== ''), ...own].sort()
  return `/feeds/${format}${parts.length === 0 ? '' : `?${parts.join('&')}`}`
}

/** Where a webhook is registered for the choice. */
export function webhookPath(choice: Choice): string {
  const query = queryOf(choice)
  return query === '' ? '/webhooks/new' : `/webhooks/new?filter=${encodeURIComponent(query)}`
}
