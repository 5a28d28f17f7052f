import { PermanentError } from '@newswire/bus'
import { fold } from '@newswire/model'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { headlineFrom } from '../text/headline.js'

/** A withdrawal needs no text: it keeps the headline of the version that it withdraws. */
const untitled = '(no headline)'

/** Without a headline the text gives one; a withdrawal needs neither. Else PermanentError. */
export function titled(given: {
  headline: string | undefined
  subheadline: string | undefined
  /** The body as plain text. */
  text: string
  status: Reading['status']
}): Pick<Reading, 'headline' | 'subheadline' | 'flags'> {
  const own = given.headline?.trim() ?? ''
  const headline = own || headlineFrom(given.text)
  if (headline === '' && given.status === 'usable') {
    throw new PermanentError(
      'The item has neither headline nor text; send at least one of them, or its status as canceled.',
    )
  }
  const under = given.subheadline?.trim() ?? ''
  const subheadline = fold(under) === fold(headline) ? undefined : under || undefined
  return {
    headline: headline || untitled,
    flags: own === '' && headline !== '' ? ['headline-from-text'] : [],
    ...defined({ subheadline }),
  }
}
