import { Link } from 'wouter'
import { useAgain } from '../ask/use-again.js'
import { useAsk } from '../ask/use-ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { Time } from '../parts/time.js'
import { useLanguage, useWords } from '../words/words.js'
import { api, isTold, type Page, titleOf, type Webhook } from './shapes.js'
import { State } from './state.js'

interface Receiver {
  readonly endpoint: string
  readonly state: 'acknowledged' | 'pending' | 'failed' | 'spared' | 'unknown' | 'gone'
  readonly delivery?: string
  readonly revision?: string
  readonly attempts: number
  readonly acknowledgedAt?: string
  readonly status?: number
  readonly nextAt?: string
  readonly reason?: string
}

interface Recall {
  readonly item: string
  readonly revision: string
  readonly kind: 'withdrawal' | 'version'
  readonly storedAt: string
  readonly counts: Readonly<Record<'receivers' | 'pending' | 'failed' | 'unknown', number>>
  readonly complete: boolean
  readonly completeAfterMs: number | null
  readonly receivers: readonly Receiver[]
  readonly truncated: boolean
}

const againMs = 2_000

/** Who was ever sent an item, and whether each knows of its newest version. */
export function RecallPage({ item }: { readonly item: string }) {
  const { webhooks } = useWords()
  const path = `/api/v1/items/${encodeURIComponent(item)}/recall`
  const newest = useAsk<Recall>(path)
  // Where nothing was corrected or taken back, it is asked who was sent the first version.
  const isFirst = newest.error?.status === 404 && !newest.value
  const first = useAsk<Recall>(isFirst ? `${path}?revision=1` : undefined)
  const { value, error, again } = isFirst ? first : newest
  useAgain(again, value?.complete === false ? againMs : undefined)
  return (
    <div className="page stack">
      <p className="small">
        <Link href="/webhooks">← {webhooks.back}</Link>
      </p>
      <h1 className="anywhere">
        {webhooks.recall}: {item}
      </h1>
      <p className="quiet">{webhooks.recallSay}</p>
      {error && !value ? <Problem error={error} again={again} /> : null}
      {!value && !error ? <div className="waiting" aria-busy="true" /> : null}
      {value ? <Told recall={value} /> : null}
    </div>
  )
}

function Told({ recall }: { readonly recall: Recall }) {
  const { webhooks } = useWords()
  const list = useAsk<Page<Webhook>>(api)
  const titles = new Map(list.value?.items.map((each) => [each.id, titleOf(each)]))
  const { kind, revision, storedAt, receivers, truncated } = recall
  return (
    <>
      <p>
        <strong>
          {webhooks.kinds[kind]} {revision}
        </strong>{' '}
        · <Time at={storedAt} /> · <Sum recall={recall} />
      </p>
      {receivers.length === 0 ? null : (
        <div className="scrolls">
          <table className="table stacked">
            <thead>
              <tr>
                {[webhooks.title, webhooks.status, webhooks.attempts, webhooks.because].map(
                  (name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {receivers.map((each) => (
                <Row key={each.endpoint} receiver={each} title={titles.get(each.endpoint)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {truncated ? <p className="quiet small">{webhooks.truncated}</p> : null}
    </>
  )
}

function Sum({ recall: { counts, complete, completeAfterMs } }: { readonly recall: Recall }) {
  const { webhooks } = useWords()
  const [language] = useLanguage()
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  if (counts.receivers === 0) return webhooks.recallNobody
  if (complete) {
    const seconds = number.format((completeAfterMs ?? 0) / 1_000)
    return <State shape="✓" tone="good" word={webhooks.recallComplete(seconds)} />
  }
  const open = number.format(counts.pending + counts.failed + counts.unknown)
  const word = webhooks.recallOpen(open, number.format(counts.receivers))
  return <State shape="○" tone="warn" word={word} />
}

const looks = {
  acknowledged: ['✓', 'good'],
  pending: ['○', 'warn'],
  failed: ['✕', 'bad'],
  spared: ['–', 'quiet'],
  unknown: ['?', 'quiet'],
  gone: ['–', 'quiet'],
} as const

interface RowProps {
  readonly receiver: Receiver
  readonly title: string | undefined
}

function Row({ receiver, title }: RowProps) {
  const { webhooks } = useWords()
  const { endpoint, state, delivery, attempts, acknowledgedAt, status, nextAt, reason } = receiver
  const [shape, tone] = looks[state]
  const path = `/webhooks/${encodeURIComponent(endpoint)}`
  const to = delivery ? `${path}/deliveries/${encodeURIComponent(delivery)}` : path
  return (
    <tr>
      <th scope="row">
        <Link href={to} dir="auto" className="cut">
          {title ?? endpoint}
        </Link>
      </th>
      <td>
        <State shape={shape} tone={tone} word={webhooks.recallStates[state]} />
        {acknowledgedAt ? (
          <span className="quiet small">
            {' '}
            <Time at={acknowledgedAt} />
          </span>
        ) : null}
      </td>
      <td data-name={webhooks.attempts}>{attempts}</td>
      <td className="small" dir="auto">
        {reason && !isTold(state) ? <Foreign text={reason} /> : null}
        {!reason && status !== undefined ? `HTTP ${status}` : null}
        {nextAt ? (
          <>
            {' '}
            · {webhooks.nextAttempt} <Time at={nextAt} />
          </>
        ) : null}
      </td>
    </tr>
  )
}
