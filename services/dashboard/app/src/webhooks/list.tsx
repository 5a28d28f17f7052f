import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import { useAgain } from '../ask/use-again.js'
import { useAsk } from '../ask/use-ask.js'
import { Problem } from '../parts/problem.js'
import { useLanguage, useWords } from '../words/words.js'
import { lineOf } from './filter-of-webhook.js'
import { api, type Counts, type Page, titleOf, type Webhook } from './shapes.js'
import { WebhookState } from './state.js'

const againMs = 5_000
const findFrom = 8

/** `/webhooks`: how each stands. */
export function WebhookList() {
  const { webhooks } = useWords()
  const [wanted, want] = useState('')
  const first = useAsk<Page<Webhook>>(api)
  const isLong = (first.value?.items.length ?? 0) >= findFrom
  return (
    <div className="page stack">
      <header className="row between">
        <h1>{webhooks.title}</h1>
        <span className="row">
          <Link className="button" href="/webhooks/receivers">
            {webhooks.receivers}
          </Link>
          <Link className="button primary" href="/webhooks/new">
            {webhooks.create}
          </Link>
        </span>
      </header>
      <p className="quiet reading">{webhooks.lead}</p>
      {isLong ? (
        <input
          className="input find"
          type="search"
          aria-label={webhooks.find}
          placeholder={webhooks.find}
          value={wanted}
          onChange={({ target }) => want(target.value)}
        />
      ) : null}
      <Rows answer={first} wanted={wanted} />
    </div>
  )
}

function Rows({
  answer,
  wanted,
}: {
  readonly answer: ReturnType<typeof useAsk<Page<Webhook>>>
  readonly wanted: string
}) {
  const { webhooks } = useWords()
  const { value, error, again } = answer
  if (error && !value) return <Problem error={error} again={again} />
  if (!value) return <div className="waiting" aria-busy="true" />
  if (value.items.length === 0) return <Empty />
  return (
    <div className="scrolls">
      <table className="table stacked">
        <thead>
          <tr>
            {[webhooks.name, webhooks.status, webhooks.filter].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {[webhooks.waiting, webhooks.failed, webhooks.success].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <PageOfRows page={value} cursor={undefined} wanted={wanted} />
      </table>
    </div>
  )
}

/** One page of the list with its counts; the next stands below it once it is wished for. */
function PageOfRows({
  page,
  cursor,
  wanted,
}: {
  readonly page: Page<Webhook>
  readonly cursor: string | undefined
  readonly wanted: string
}) {
  const { parts, webhooks } = useWords()
  const [goesOn, goOn] = useState(false)
  const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`
  const counts = useAsk<Page<Counts>>(`${api}/counts${query}`)
  useAgain(counts.again, againMs)
  const next = page.next ?? undefined
  const nextPath = `${api}?cursor=${encodeURIComponent(next ?? '')}`
  const following = useAsk<Page<Webhook>>(next && goesOn ? nextPath : undefined)
  const found = page.items.filter((each) => isFound(each, wanted))
  const of = new Map(counts.value?.items.map((each) => [each.endpoint, each]))
  const isLast = !(goesOn && following.value)
  return (
    <>
      <tbody>
        {found.map((each) => (
          <Row key={each.id} webhook={each} counts={of.get(each.id)} />
        ))}
        {found.length === 0 && isLast ? (
          <tr>
            <td colSpan={6}>{webhooks.findNone}</td>
          </tr>
        ) : null}
        {next && isLast ? (
          <tr>
            <td colSpan={6}>
              <button className="button" type="button" onClick={() => goOn(true)}>
                {parts.more}
              </button>
            </td>
          </tr>
        ) : null}
      </tbody>
      {following.value ? <PageOfRows page={following.value} cursor={next} wanted={wanted} /> : null}
    </>
  )
}

function isFound({ id, name, url }: Webhook, wanted: string): boolean {
  const text = `${name ?? ''} ${url ?? ''} ${id}`.toLowerCase()
  return text.includes(wanted.trim().toLowerCase())
}

function Row({
  webhook,
  counts,
}: {
  readonly webhook: Webhook
  readonly counts?: Counts | undefined
}) {
  const { webhooks } = useWords()
  const path = `/webhooks/${encodeURIComponent(webhook.id)}`
  const waiting = (counts?.waiting ?? 0) + (counts?.retry ?? 0)
  const to = (status: string) => `${path}?status=${status}#deliveries`
  return (
    <tr>
      <th scope="row">
        <Link href={path} dir="auto" className="cut">
          {titleOf(webhook)}
        </Link>
        <span className="quiet small cut" dir="auto">
          {webhook.name ? (webhook.url ?? webhooks.bus) : webhook.description}
        </span>
      </th>
      <td>
        <WebhookState status={webhook.status} />
      </td>
      <td>
        <span className="small cut" dir="auto">
          {lineOf(webhook.filter) || webhooks.everything}
        </span>
      </td>
      <Figure
        name={webhooks.waiting}
        href={to('open')}
        value={counts && waiting}
        mark={counts?.retry ? retrying : undefined}
      />
      <Figure name={webhooks.failed} href={to('failed')} value={counts?.failed} mark={failed} />
      <td className="number" data-name={webhooks.success}>
        <Success counts={counts} />
      </td>
    </tr>
  )
}

interface FigureProps {
  readonly name: string
  readonly href: string
  readonly value: number | undefined
  readonly mark?: Mark | undefined
}

interface Mark {
  readonly shape: string
  readonly tone: 'bad' | 'warn'
}

const failed: Mark = { shape: '✕', tone: 'bad' }
const retrying: Mark = { shape: '↻', tone: 'warn' }

function Figure({ name, href, value, mark }: FigureProps) {
  const [language] = useLanguage()
  let shown: ReactNode = '…'
  if (value === 0) shown = <span className="quiet">0</span>
  if (value) {
    const text = new Intl.NumberFormat(language).format(value)
    shown = (
      <Link href={href} className={mark?.tone}>
        {mark ? `${mark.shape} ${text}` : text}
      </Link>
    )
  }
  return (
    <td className="number" data-name={name}>
      {shown}
    </td>
  )
}

function Success({ counts }: { readonly counts: Counts | undefined }) {
  const { webhooks } = useWords()
  const [language] = useLanguage()
  if (!counts) return '…'
  // What is to be tried again was refused: five days long it would look as if all were well.
  const tried = counts.delivered + counts.failed + counts.retry
  if (tried === 0) return <span className="quiet">{webhooks.noneYet}</span>
  const format = { style: 'percent', maximumFractionDigits: 1 } as const
  // All but one of a million are not "100 %".
  const share = Math.floor((counts.delivered / tried) * 1_000) / 1_000
  const number = new Intl.NumberFormat(language)
  return (
    <span title={`${number.format(counts.delivered)} / ${number.format(tried)}`}>
      {new Intl.NumberFormat(language, format).format(share)}
    </span>
  )
}

function Empty() {
  const { webhooks } = useWords()
  return (
    <div className="empty stack">
      <h2>{webhooks.empty}</h2>
      <p className="quiet">{webhooks.emptySay}</p>
      <p>
        <Link className="button primary" href="/webhooks/new">
          {webhooks.create}
        </Link>
      </p>
    </div>
  )
}
