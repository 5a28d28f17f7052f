import { useAsk } from '../ask/use-ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { itemWords } from '../words/item.js'
import { useLanguage } from '../words/words.js'
import type { Attempt, Delivery, Stage, Timeline } from './shapes.js'

/** The life of the item, for those who are signed in. */
export function TimelineOf({ id, role }: { readonly id: string; readonly role: string }) {
  const words = itemWords[useLanguage()[0]]
  const path = `/api/v1/items/${encodeURIComponent(id)}/timeline`
  const { value, error, again } = useAsk<Timeline>(path)
  return (
    <section aria-labelledby="item-timeline" className="stack tight timeline">
      <h2 id="item-timeline">{words.timeline}</h2>
      <p className="quiet small">{words.timelineSay}</p>
      {error ? <Problem error={error} again={again} /> : null}
      {value ? <Told timeline={value} seesAll={role === 'admin'} /> : null}
    </section>
  )
}

function Told({ timeline, seesAll }: { readonly timeline: Timeline; readonly seesAll: boolean }) {
  const words = itemWords[useLanguage()[0]]
  const { stages, deliveries, feeds, held, truncated, current } = timeline
  /** When the same version was through the stage before. */
  const before = (stage: Stage) => {
    const last = stages[stages.indexOf(stage) - 1]
    return last?.version === stage.version ? last.at : undefined
  }
  return (
    <>
      {held ? <p>{words.held}</p> : null}
      <ol className="steps">
        {inTime(stages, deliveries).map((step) =>
          'stage' in step ? (
            <StageRow key={`${step.stage}:${step.sequence}`} stage={step} before={before(step)} />
          ) : (
            <DeliveryRow key={step.id} delivery={step} />
          ),
        )}
      </ol>
      {deliveries.length === 0 ? (
        <p className="quiet small">{seesAll ? words.noDelivery : words.noOwnDelivery}</p>
      ) : null}
      {truncated ? <p className="quiet small">{words.cut}</p> : null}
      {current ? null : <p className="quiet small">{words.lags}</p>}
      {feeds.length > 0 ? (
        <p className="small feeds">
          <span className="quiet">{words.feeds}:</span>{' '}
          {feeds.map(({ label, path }) => (
            <a key={path} href={path}>
              <bdi>{label}</bdi>
            </a>
          ))}
        </p>
      ) : null}
    </>
  )
}

function inTime(
  stages: readonly Stage[],
  deliveries: readonly Delivery[],
): readonly (Stage | Delivery)[] {
  const at = (step: Stage | Delivery) => Date.parse('stage' in step ? step.at : step.plannedAt)
  return [...stages, ...deliveries].sort((a, b) => at(a) - at(b))
}

function StageRow({
  stage,
  before,
}: {
  readonly stage: Stage
  readonly before?: string | undefined
}) {
  const [language] = useLanguage()
  const words = itemWords[language]
  const { at, version, revision, change, source, door, embargoUntil, tags } = stage
  const more = [
    `${words.version(version)}, ${words.changes[change] ?? change}`,
    ...(revision === undefined ? [] : [revision]),
    ...(source === undefined ? [] : [[source, door].filter(Boolean).join(' / ')]),
    ...(tags === undefined ? [] : [words.tags(tags)]),
    ...(embargoUntil === undefined ? [] : [`⏱ ${embargoUntil}`]),
  ]
  return (
    <li className={stage.stage}>
      <Instant at={at} />
      <div>
        <strong>{words.stages[stage.stage] ?? stage.stage}</strong>{' '}
        {before ? <span className="quiet small">{since(before, at, language)}</span> : null}
        <p className="quiet small">
          <bdi>{more.join(' · ')}</bdi>
        </p>
      </div>
    </li>
  )
}

function DeliveryRow({ delivery }: { readonly delivery: Delivery }) {
  const words = itemWords[useLanguage()[0]]
  const { endpoint, name, url, plannedAt, state, attempts, revision } = delivery
  const mark = state === 'delivered' ? '✓' : state === 'failed' ? '✕' : '○'
  return (
    <li className={`delivery ${state}`}>
      <Instant at={plannedAt} />
      <div>
        <strong>
          <bdi>{words.delivery(name ?? url ?? endpoint)}</bdi>
        </strong>{' '}
        <span className="state">
          {mark} {words.states[state] ?? state}
        </span>
        <p className="quiet small">
          {words.version(Number.parseInt(revision, 10))} · {revision}
        </p>
        {attempts.map((attempt) => (
          <AttemptRow key={`${attempt.attempt}:${attempt.result}`} attempt={attempt} />
        ))}
      </div>
    </li>
  )
}

function AttemptRow({ attempt }: { readonly attempt: Attempt }) {
  const [language] = useLanguage()
  const words = itemWords[language]
  const { attempt: number, startedAt, latencyMs, status, error, result } = attempt
  const parts = [
    ...(number > 0 ? [words.attempt(number)] : []),
    ...(startedAt === undefined ? [] : [clockOf(startedAt)]),
    ...(status === undefined ? [] : [String(status)]),
    ...(latencyMs === undefined ? [] : [`${Math.round(latencyMs)} ms`]),
    words.states[result] ?? result,
  ]
  return (
    <p className="quiet small">
      <bdi>{parts.join(' · ')}</bdi>
      {error === undefined ? null : (
        <>
          {' · '}
          <Foreign text={error} />
        </>
      )}
    </p>
  )
}

/** Operators compare instants: the exact one is what is shown. */
function Instant({ at }: { readonly at: string }) {
  const date = new Date(at)
  return (
    <time dateTime={at} title={at} dir="ltr">
      <span className="quiet small">{date.toISOString().slice(0, 10)}</span> {clockOf(at)}
    </time>
  )
}

function clockOf(at: string): string {
  return new Date(at).toISOString().slice(11, 23)
}

function since(before: string, at: string, language: string): string {
  const seconds = (new Date(at).getTime() - new Date(before).getTime()) / 1_000
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 3 })
  return itemWords[language === 'de' ? 'de' : 'en'].after(format.format(seconds))
}
