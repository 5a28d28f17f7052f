import { Link } from 'wouter'
import { ask } from '../ask/ask.js'
import { useAsk } from '../ask/use-ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { Time } from '../parts/time.js'
import type { Attempt, Delivery } from '../webhooks/shapes.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { FoldedRow } from './folded-row.js'
import { Mark, type Mood } from './mark.js'
import { useNumbers } from './use-numbers.js'

const moods: Readonly<Record<Delivery['state'], Mood>> = {
  waiting: 'still',
  retry: 'warn',
  delivered: 'good',
  failed: 'bad',
  superseded: 'still',
}

/** One delivery: what was answered, and sending it again. */
export function DeliveryRow({ delivery }: { readonly delivery: Delivery }) {
  const { deliveries } = useDeskWords()
  const { id, endpoint, item, headline, revision, plannedAt, state, attempts } = delivery
  const path = `/api/v1/webhooks/${endpoint}/deliveries/${encodeURIComponent(id)}`
  const replay = async () => {
    await ask(`${path}/replay`, { method: 'POST' })
    return deliveries.replayed
  }
  const last = attempts.at(-1)
  return (
    <FoldedRow
      look={deliveries.look}
      again={{ label: deliveries.replay, run: replay }}
      columns={7}
      inside={<Attempts path={path} />}
      cells={
        <>
          <td>
            <Mark mood={moods[state]}>{deliveries.states[state]}</Mark>
          </td>
          <td>
            <a href={`/items/${encodeURIComponent(item)}`} className="headline" dir="auto">
              {headline ?? item}
            </a>{' '}
            <span className="quiet small">
              {headline === undefined ? revision : `${item} ${revision}`}
            </span>
          </td>
          <td>
            <Link
              href={`/dashboard/deliveries?endpoint=${encodeURIComponent(endpoint)}`}
              className="headline"
              dir="auto"
            >
              {delivery.name ?? endpoint}
            </Link>
          </td>
          <td>
            <Time at={plannedAt} />
          </td>
          <td className="number">{attempts.length}</td>
          <td className="wide" dir="auto">
            <Outcome attempt={last} />
          </td>
        </>
      }
    />
  )
}

function Outcome({ attempt }: { readonly attempt: Attempt | undefined }) {
  const { deliveries } = useDeskWords()
  if (attempt?.status !== undefined) return attempt.status
  return attempt?.error === undefined ? deliveries.noAnswer : <Foreign text={attempt.error} />
}

function Attempts({ path }: { readonly path: string }) {
  const { ms } = useNumbers()
  const { value, error, again } = useAsk<Delivery>(path)
  if (error) return <Problem error={error} again={again} />
  if (!value) return <div className="waiting" />
  return (
    <ol className="stack tight">
      {value.attempts.map((each) => (
        <li key={`${each.attempt} ${each.startedAt ?? ''}`}>
          {each.startedAt ? <Time at={each.startedAt} /> : null} <Outcome attempt={each} />{' '}
          {each.latencyMs === undefined ? '' : ms(each.latencyMs)}
          {each.answer ? (
            <pre className="whole" dir="auto">
              {each.answer}
            </pre>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
