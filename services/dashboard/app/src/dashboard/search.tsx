import type { FormEvent, ReactNode } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { useAsk } from '../ask/use-ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { useWords } from '../words/words.js'
import { textOf } from './field.js'
import { Empty } from './listing.js'

interface Found {
  readonly items: readonly { id: string; headline: string }[]
  readonly webhooks: readonly { id: string; url: string; status: string }[]
  readonly deliveries: readonly { id: string; endpoint: string; item: string; state: string }[]
  readonly jobs: readonly { queue: string; id: string; state: string; says: string }[]
  readonly deadLetters: readonly { id: string; stage: string; says: string }[]
}

type Names = Readonly<Record<string, string>>

const charsMin = 2
const letters = '/dashboard/dead-letters'
const deliveriesOf = (query: { readonly endpoint: string; readonly item?: string }) =>
  `/dashboard/deliveries?${new URLSearchParams(query)}`

/** `/dashboard/search`: over items, endpoints, deliveries, jobs and dead letters. */
export function Search() {
  const { rooms, search } = useDeskWords()
  const q = new URLSearchParams(useSearch()).get('q') ?? ''
  const [, go] = useLocation()
  const isLong = q.length >= charsMin
  const path = isLong ? `/api/v1/search?q=${encodeURIComponent(q)}` : undefined
  const { value, error, again } = useAsk<Found>(path)
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wanted = textOf(new FormData(event.currentTarget), 'q')
    go(`/dashboard/search?q=${encodeURIComponent(wanted)}`)
  }
  return (
    <>
      <h1>{rooms.search}</h1>
      <search>
        <form className="stack tight" onSubmit={send}>
          <label className="field">
            {search.label}
            <input className="input" type="search" name="q" defaultValue={q} key={q} />
          </label>
          <p className="quiet small">{search.hint}</p>
        </form>
      </search>
      {q !== '' && !isLong ? <p>{search.short}</p> : null}
      {error ? <Problem error={error} again={again} /> : null}
      {value && isLong ? <Results found={value} q={q} /> : null}
    </>
  )
}

function Results({ found, q }: { readonly found: Found; readonly q: string }) {
  const { search, deliveries, flow } = useDeskWords()
  const { webhooks } = useWords()
  const states: Names = deliveries.states
  const webhookStates: Names = webhooks.states
  const names: Names = flow.names
  if (Object.values(found).every((list) => list.length === 0)) {
    return <Empty title={search.none(q)} say={search.noneSay} />
  }
  return (
    <>
      <Kind title={search.items} list={found.items}>
        {({ id, headline }) => (
          <a className="clamped" href={`/items/${encodeURIComponent(id)}`}>
            {id} · <bdi>{headline}</bdi>
          </a>
        )}
      </Kind>
      <Kind title={search.webhooks} list={found.webhooks}>
        {({ id, url, status }) => (
          <Link
            href={deliveriesOf({ endpoint: id })}
          >{`${url} · ${webhookStates[status] ?? status}`}</Link>
        )}
      </Kind>
      <Kind title={search.deliveries} list={found.deliveries}>
        {({ endpoint, item, state }) => (
          <Link
            href={deliveriesOf({ endpoint, item })}
          >{`${item} → ${endpoint} · ${states[state] ?? state}`}</Link>
        )}
      </Kind>
      <Kind title={search.jobs} list={found.jobs}>
        {({ queue, id, state, says }) => (
          <a href={`/dashboard/queues/queue/${queue}/${encodeURIComponent(id)}`}>
            {`${queue} · ${state} · ${says}`}
          </a>
        )}
      </Kind>
      <Kind title={search.deadLetters} list={found.deadLetters}>
        {({ id, stage, says }) => (
          <Link href={`${letters}?id=${id}`}>
            {names[stage] ?? stage} · <Foreign text={says} />
          </Link>
        )}
      </Kind>
    </>
  )
}

function Kind<T extends { readonly id: string }>({
  title,
  list,
  children,
}: {
  readonly title: string
  readonly list: readonly T[]
  readonly children: (one: T) => ReactNode
}) {
  if (list.length === 0) return null
  return (
    <section className="stack tight">
      <h2>{title}</h2>
      <ul className="found">
        {list.map((one) => (
          <li key={JSON.stringify(one)} dir="auto">
            {children(one)}
          </li>
        ))}
      </ul>
    </section>
  )
}
