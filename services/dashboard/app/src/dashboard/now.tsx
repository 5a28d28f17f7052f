import { Link } from 'wouter'
import { Problem } from '../parts/problem.js'
import { Time } from '../parts/time.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { Alarms } from './alarms.js'
import { Flow } from './flow/flow.js'
import { HistoryPanel } from './history/history-panel.js'
import { Empty } from './listing.js'
import type { LiveItem, Overview } from './shapes.js'
import { useDesk } from './use-desk.js'
import { useNumbers } from './use-numbers.js'

/** `/dashboard`: is all well, what flows, what came, and how it was. */
export function Now() {
  const { title } = useDeskWords()
  const { overview, error, again, items } = useDesk()
  return (
    <>
      <h1>{title}</h1>
      {error ? <Problem error={error} again={again} /> : null}
      {overview ? <Alarms /> : null}
      {overview ? <Flow overview={overview} /> : <div className="flow waiting" aria-busy="true" />}
      {overview ? <Facts overview={overview} /> : null}
      <div className="halves">
        <HistoryPanel />
        <Recent items={items} />
      </div>
    </>
  )
}

function Facts({ overview }: { readonly overview: Overview }) {
  const { facts } = useDeskWords()
  const { count, percent, ms } = useNumbers()
  const { deliveries } = overview
  const all = [
    ['/dashboard/dead-letters', count(overview.deadLetters), facts.deadLetters],
    [
      '/dashboard/items',
      `${count(overview.matters)}${overview.moreMatters ? '+' : ''}`,
      facts.matters,
    ],
    ['/dashboard/items', count(overview.openRecalls), facts.recalls],
    ['/dashboard/items', count(overview.embargoed), facts.embargoed],
    ['/dashboard/deliveries?status=open', count(deliveries.open), facts.openDeliveries],
    [
      '/dashboard/deliveries',
      deliveries.successRate === null ? '–' : percent(deliveries.successRate),
      facts.success,
    ],
    [
      '/dashboard/deliveries',
      deliveries.latencyMs === null ? '–' : ms(deliveries.latencyMs.p95),
      facts.p95,
    ],
  ] as const
  return (
    <ul className="facts">
      {all.map(([href, figure, name]) => (
        <li key={name}>
          <Link href={href}>
            <strong>{figure}</strong> <span>{name}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Recent({ items }: { readonly items: readonly LiveItem[] }) {
  const { recent } = useDeskWords()
  const changes: Readonly<Record<string, string>> = recent.change
  return (
    <section className="stack tight" aria-labelledby="recent">
      <h2 id="recent">{recent.title}</h2>
      {items.length === 0 ? <Empty title={recent.empty} say={recent.emptySay} /> : null}
      <ol className="recent">
        {items.map(({ id, headline, wire, change, publishedAt }) => (
          <li key={id}>
            <a className="clamped" href={`/items/${encodeURIComponent(id)}`} dir="auto">
              {headline}
            </a>
            <p className="quiet small">
              {wire} · {changes[change] ?? change} · <Time at={publishedAt} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
