import type { Newswire } from '@newswire/kit'

/** One item of a JSON feed, as far as tests look at it. */
export interface FedItem {
  readonly id: string
  readonly title: string
  readonly content_html: string
  readonly language: string
  readonly _newswire: {
    readonly id: string
    readonly version: number
    readonly status: string
    readonly change: string
    readonly credit: string
    readonly tags: readonly FedTag[]
  }
}

export interface FedTag {
  readonly scheme: string
  readonly code: string
  readonly primary: boolean
  readonly evidence: readonly { field: string; start: number; end: number; text: string }[]
}

/** The items of `/feeds/json?<query>`. */
export async function feedItems(newswire: Newswire, query = ''): Promise<readonly FedItem[]> {
  const answer = await fetch(`${newswire.url}/feeds/json${query === '' ? '' : `?${query}`}`)
  if (!answer.ok) throw new Error(`The feed answered ${answer.status}: ${await answer.text()}`)
  const { items } = (await answer.json()) as { items: FedItem[] }
  return items
}

export async function feedTitles(newswire: Newswire, query = ''): Promise<readonly string[]> {
  return (await feedItems(newswire, query)).map((item) => item.title)
}

/** Pushes a body and gives the answer of intake. */
export function push(newswire: Newswire, body: string, contentType = 'text/plain; charset=utf-8') {
  return newswire.api('/api/v1/items', {
    method: 'POST',
    headers: { 'content-type': contentType },
    body,
  })
}

export function pushJson(newswire: Newswire, item: object): Promise<Response> {
  return push(newswire, JSON.stringify(item), 'application/json')
}

/** What became of what was pushed. */
export async function receiptOf(newswire: Newswire, pushed: Response) {
  const { receipt } = (await pushed.json()) as { receipt: string }
  const answer = await newswire.api(`/api/v1/receipts/${receipt}`)
  return (await answer.json()) as { state: string; id?: string; version?: number; reason?: string }
}
