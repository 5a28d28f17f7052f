import { escapeHtml, withoutIllegal } from '@newswire/model'

/** Markup that is safe as it stands. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

type Value = Html | string | number | readonly Html[]

export const nothing = new Html('')

/** HTML in which every value is text, unless it is markup of ours. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const shown = values.map(show)
  return new Html(parts.map((part, index) => part + (shown[index] ?? '')).join(''))
}

/** The body of a release: sanitised when it came in, and never shown without that. */
export function sanitised(body: string): Html {
  return new Html(withoutIllegal(body))
}

function show(value: Value): string {
  if (value instanceof Html) return value.markup
  if (typeof value === 'object') return value.map((each) => each.markup).join('')
  return escapeHtml(withoutIllegal(String(value)))
}
