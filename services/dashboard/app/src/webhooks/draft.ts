import type { Choice } from '../filter/choice.js'
import { type EventType, eventTypes, type Format, type Signature, type Webhook } from './shapes.js'

/** An own header while it is written; the mask keeps the value that stands. */
export interface HeaderDraft {
  readonly key: number
  readonly name: string
  readonly value: string
}

/** A webhook while it is written. Numbers are texts: empty means no limit. */
export interface Draft {
  readonly url: string
  readonly name: string
  readonly description: string
  readonly format: Format
  readonly events: readonly EventType[]
  readonly signature: Signature
  readonly headers: readonly HeaderDraft[]
  readonly ratePerSecond: string
  readonly concurrency: string
}

export const emptyDraft: Draft = {
  ...{ url: '', name: '', description: '', format: 'newswire', events: eventTypes },
  ...{ signature: 'hmac', headers: [], ratePerSecond: '', concurrency: '' },
}

export function draftOf(webhook: Webhook): Draft {
  const { format, events, signature, ratePerSecond, concurrency } = webhook
  return {
    ...{ format, events, signature },
    url: webhook.url ?? '',
    name: webhook.name ?? '',
    description: webhook.description ?? '',
    headers: Object.entries(webhook.headers).map(([name, value], key) => ({ key, name, value })),
    ratePerSecond: ratePerSecond === null ? '' : String(ratePerSecond),
    concurrency: concurrency === null ? '' : String(concurrency),
  }
}

export function withHeader(draft: Draft): Draft {
  const key = Math.max(-1, ...draft.headers.map((each) => each.key)) + 1
  return { ...draft, headers: [...draft.headers, { key, name: '', value: '' }] }
}

/** The body of a registration. */
export function wishOf(draft: Draft, choice: Choice): Record<string, unknown> {
  const { url, format, events, signature } = draft
  const some = (key: 'name' | 'description') =>
    draft[key].trim() === '' ? {} : { [key]: draft[key].trim() }
  const limit = (key: 'ratePerSecond' | 'concurrency') =>
    draft[key] === '' ? {} : { [key]: Number(draft[key]) }
  return {
    ...{ url: url.trim(), filter: choice, format, events, signature },
    ...some('name'),
    ...some('description'),
    ...limit('ratePerSecond'),
    ...limit('concurrency'),
    ...(draft.headers.length === 0 ? {} : { headers: headersOf(draft) }),
  }
}

/** The body of a change: what was emptied is cleared, and the url is given where it is another. */
export function changeOf(draft: Draft, choice: Choice, webhook: Webhook): Record<string, unknown> {
  const { format, events, signature } = draft
  const textOrNull = (text: string) => (text.trim() === '' ? null : text.trim())
  const numberOrNull = (text: string) => (text === '' ? null : Number(text))
  const isSame = JSON.stringify(choice) === JSON.stringify(webhook.filter)
  return {
    ...{ format, events },
    ...(isSame ? {} : { filter: choice }),
    name: textOrNull(draft.name),
    description: textOrNull(draft.description),
    ratePerSecond: numberOrNull(draft.ratePerSecond),
    concurrency: numberOrNull(draft.concurrency),
    ...(webhook.target === 'bus' ? {} : { headers: headersOf(draft), signature }),
    ...(draft.url.trim() === (webhook.url ?? '') ? {} : { url: draft.url.trim() }),
  }
}

function headersOf({ headers }: Draft): Record<string, string> {
  const written = headers.filter(({ name, value }) => name.trim() !== '' || value !== '')
  return Object.fromEntries(written.map(({ name, value }) => [name.trim(), value.trim()]))
}
