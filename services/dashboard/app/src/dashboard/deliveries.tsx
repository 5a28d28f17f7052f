import { Link } from 'wouter'
import { ask } from '../ask/ask.js'
import { filled, useQuery } from '../ask/use-query.js'
import { Time } from '../parts/time.js'
import { type Delivery, wantableStates } from '../webhooks/shapes.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { DeliveryRow } from './delivery-row.js'
import { Empty, Listing } from './listing.js'
import { Mark } from './mark.js'
import { Question } from './question.js'
import type { Failing, Overview } from './shapes.js'
import { useDesk } from './use-desk.js'
import { useNumbers } from './use-numbers.js'
import { usePages } from './use-pages.js'

/** What is delivered meanwhile shows by itself. */
const freshMs = 5_000
const names = ['endpoint', 'item', 'status'] as const

/** `/dashboard/deliveries`: who does not get it, each delivery, and sending it again. */
export function Deliveries() {
  const { rooms, deliveries, list } = useDeskWords()
  const { overview } = useDesk()
  const [query, change] = useQuery(names)
  const wanted = new URLSearchParams(filled(names, query)).toString()
  const pages = usePages<Delivery>(`/api/v1/deliveries${wanted === '' ? '' : `?${wanted}`}`, {
    freshMs,
  })
  const { endpoint, item, status } = query
  const of = [item, endpoint].filter(Boolean).join(' → ')
  return (
    <>
      <h1>{rooms.deliveries}</h1>
      {overview ? <Figures deliveries={overview.deliveries} /> : null}
      {overview ? <FailingList failing={overview.deliveries.failing} /> : null}
      <div className="row">
        <h2 dir="auto">{of === '' ? deliveries.all : `${deliveries.of} ${of}`}</h2>
        {endpoint === '' || item !== '' ? null : (
          <ReplayAll endpoint={endpoint} url={endpoint} onDone={pages.again} />
        )}
        {of === '' ? null : <Link href="/dashboard/deliveries">{deliveries.every}</Link>}
        <select
          className="select"
          aria-label={deliveries.status}
          value={status}
          onChange={({ target }) => change({ status: target.value })}
        >
          <option value="">{list.everything}</option>
          {wantableStates.map((each) => (
            <option key={each} value={each}>
              {each === 'open' ? deliveries.open : deliveries.states[each]}
            </option>
          ))}
        </select>
      </div>
      <Listing
        pages={pages}
        label={deliveries.all}
        columns={Object.values(deliveries.columns)}
        numbers={[deliveries.columns.attempts]}
        empty={<Empty title={deliveries.none} say={deliveries.noneSay} />}
        row={(each) => (
          <DeliveryRow key={`${each.endpoint} ${each.id} ${each.sequence}`} delivery={each} />
        )}
      />
    </>
  )
}

function Figures({ deliveries }: { readonly deliveries: Overview['deliveries'] }) {
  const { deliveries: words } = useDeskWords()
  const { count, percent, ms } = useNumbers()
  const { successRate, latencyMs, open, perMinute } = deliveries
  const latency = latencyMs ? [latencyMs.p50, latencyMs.p95, latencyMs.p99].map(ms) : ['–']
  const all = [
    [words.rate, successRate === null ? '–' : percent(successRate)],
    [words.perMinute, `${count(perMinute)}${words.perMinuteUnit}`],
    [words.p, latency.join(' / ')],
    [words.open, count(open), '/dashboard/deliveries?status=open'],
  ] as const
  return (
    <dl className="facts">
      {all.map(([name, figure, href]) => (
        <div key={name}>
          <dd>
            <strong>{href === undefined ? figure : <Link href={href}>{figure}</Link>}</strong>
          </dd>
          <dt>{name}</dt>
        </div>
      ))}
    </dl>
  )
}

function FailingList({ failing }: { readonly failing: readonly Failing[] }) {
  const { deliveries } = useDeskWords()
  const { again } = useDesk()
  const { count } = useNumbers()
  if (failing.length === 0) return <Mark mood="good">{deliveries.failingNone}</Mark>
  return (
    <section className="stack tight" aria-labelledby="failing">
      <h2 id="failing">{deliveries.failing}</h2>
      <ul className="alarms">
        {failing.map(({ endpoint, name, url, since, failures }) => (
          <li key={endpoint} className="critical">
            <Mark mood="bad">{deliveries.failures(count(failures))}</Mark>
            <Link href={`/dashboard/deliveries?endpoint=${encodeURIComponent(endpoint)}`}>
              <bdi>{name ?? url}</bdi>
            </Link>
            {name === undefined ? null : <bdi className="quiet small">{url}</bdi>}
            <Time at={since} />
            <ReplayAll endpoint={endpoint} url={url} onDone={again} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ReplayAll({
  endpoint,
  url,
  onDone,
}: {
  readonly endpoint: string
  readonly url: string
  readonly onDone: () => void
}) {
  const { deliveries } = useDeskWords()
  return (
    <Question
      label={deliveries.replayAll}
      title={deliveries.replayAsk(url)}
      will={deliveries.replayWill}
      onYes={async () => {
        await ask(`/api/v1/webhooks/${endpoint}/replay`, { method: 'POST', body: {} })
        onDone()
        return deliveries.replayed
      }}
    />
  )
}
