import { useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useAsk } from '../ask/use-ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { Time } from '../parts/time.js'
import { useWords } from '../words/words.js'
import { queryOfSearch, SearchFields, useDeliverySearch } from './delivery-search.js'
import { ReplayMissed } from './replay.js'
import { type Delivery, type Page, pathOf, type Webhook } from './shapes.js'
import { DeliveryStateOf } from './state.js'
import { useTold } from './use-told.js'

const pageSize = 50
const searchAfterMs = 250

/** What was sent to a webhook, newest first, and what of it can be sent again. */
export function Deliveries({ webhook }: { readonly webhook: Webhook }) {
  const { webhooks } = useWords()
  const [search, choose] = useDeliverySearch()
  const query = queryOfSearch(search).toString()
  const section = useRef<HTMLElement>(null)
  const [changes, setChanges] = useState(0)
  const change = useCallback(() => setChanges((last) => last + 1), [])
  // One stream for all that is searched for: the list begins anew with each letter.
  useTold(webhook.id, change)
  useEffect(() => {
    // The browser looks for the place of the address before it is there.
    if (location.hash === '#deliveries') section.current?.scrollIntoView()
  }, [])
  return (
    <section ref={section} className="stack" id="deliveries" aria-labelledby="deliveries-title">
      <h2 id="deliveries-title">{webhooks.deliveries}</h2>
      {webhook.target === 'http' ? <ReplayMissed webhook={webhook} search={search} /> : null}
      <SearchFields search={search} change={choose} />
      <List key={query} id={webhook.id} query={query} changes={changes} />
    </section>
  )
}

interface ListProps {
  readonly id: string
  readonly query: string
  /** How often it has changed. */
  readonly changes: number
}

function List({ id, query, changes }: ListProps) {
  const { webhooks } = useWords()
  const { value, error, again } = usePage(id, query, undefined)
  const known = useRef(changes)
  useEffect(() => {
    if (known.current === changes) return
    known.current = changes
    again()
  }, [changes, again])
  if (error && !value) return <Problem error={error} again={again} />
  if (!value) return <div className="waiting" aria-busy="true" />
  if (value.items.length === 0 && value.next === null) {
    return query === '' ? (
      <div className="empty stack tight">
        <p>{webhooks.deliveriesEmpty}</p>
        <p className="quiet small">{webhooks.deliveriesEmptySay}</p>
      </div>
    ) : (
      <p>{webhooks.deliveriesNone}</p>
    )
  }
  const { item, status, planned, attempts, answer } = webhooks
  return (
    <div className="scrolls">
      <table className="table stacked">
        <thead>
          <tr>
            {[item, status, planned, attempts, answer].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <Rows id={id} query={query} page={value} />
      </table>
    </div>
  )
}

function usePage(id: string, query: string, cursor: string | undefined) {
  const asked = new URLSearchParams(query)
  asked.set('limit', String(pageSize))
  if (cursor !== undefined) asked.set('cursor', cursor)
  const delayMs = query === '' ? 0 : searchAfterMs
  return useAsk<Page<Delivery>>(`${pathOf(id)}/deliveries?${asked}`, { delayMs })
}

interface RowsProps {
  readonly id: string
  readonly query: string
  readonly page: Page<Delivery>
}

function Rows({ id, query, page }: RowsProps) {
  const { parts } = useWords()
  // The cursor at the time of the wish: a first page that grows meanwhile would move it.
  const [cursor, setCursor] = useState<string>()
  return (
    <>
      <tbody>
        {page.items.map((each) => (
          <Row key={each.id} id={id} delivery={each} />
        ))}
        {page.next !== null && cursor === undefined ? (
          <tr>
            <td colSpan={5}>
              <button
                className="button"
                type="button"
                onClick={() => setCursor(page.next ?? undefined)}
              >
                {parts.more}
              </button>
            </td>
          </tr>
        ) : null}
      </tbody>
      {cursor === undefined ? null : <Following id={id} query={query} cursor={cursor} />}
    </>
  )
}

function Following({
  id,
  query,
  cursor,
}: {
  readonly id: string
  readonly query: string
  readonly cursor: string
}) {
  const { value, error, again } = usePage(id, query, cursor)
  if (value) return <Rows id={id} query={query} page={value} />
  if (!error) return null
  return (
    <tbody>
      <tr>
        <td colSpan={5}>
          <Problem error={error} again={again} />
        </td>
      </tr>
    </tbody>
  )
}

function Row({ id, delivery }: { readonly id: string; readonly delivery: Delivery }) {
  const { webhooks } = useWords()
  const { item, headline, revision, state, plannedAt, attempts } = delivery
  const made = attempts.filter(({ attempt }) => attempt > 0).length
  const last = attempts.at(-1)
  const said = last?.error ?? (last?.status === undefined ? '' : String(last.status))
  const path = `/webhooks/${encodeURIComponent(id)}/deliveries/${encodeURIComponent(delivery.id)}`
  return (
    <tr>
      <th scope="row">
        <Link href={path} className="cut inline" dir="auto">
          {headline ?? item}
        </Link>{' '}
        <span className="quiet small">
          {headline === undefined ? revision : `${item} ${revision}`}
        </span>
      </th>
      <td>
        <DeliveryStateOf state={state} />
      </td>
      <td data-name={webhooks.planned}>
        <Time at={plannedAt} />
      </td>
      <td data-name={webhooks.attempts}>
        {made}
        {state === 'retry' && last?.nextAt && Date.parse(last.nextAt) > Date.now() ? (
          <span className="quiet small">
            {' '}
            · {webhooks.nextAttempt} <Time at={last.nextAt} />
          </span>
        ) : null}
      </td>
      <td>
        <span className="small cut" dir="auto" title={said}>
          {last?.error ? <Foreign text={last.error} /> : said}
        </span>
      </td>
    </tr>
  )
}
