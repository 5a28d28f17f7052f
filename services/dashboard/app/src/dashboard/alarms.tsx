import { Link } from 'wouter'
import { Foreign } from '../parts/foreign.js'
import { Time } from '../parts/time.js'
import type { Written } from '../words/causes-en.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { Empty } from './listing.js'
import { Mark } from './mark.js'
import type { Alarm, Cause } from './shapes.js'
import { useDesk } from './use-desk.js'
import { useNumbers } from './use-numbers.js'

/** What is wrong now, or that nothing is. */
export function Alarms() {
  const { alarm, sources } = useDeskWords()
  const { alarms, overview, wellSince } = useDesk()
  const { at } = useNumbers()
  if (alarms.length > 0) return <AlarmLines alarms={alarms} />
  const last = (overview?.stages ?? [])
    .map(({ lastAt }) => lastAt)
    .filter((at) => at !== null)
    .sort()
    .at(-1)
  return (
    <p className="all-well">
      <Mark mood="good">{alarm.well}</Mark>
      <span className="quiet small">
        {wellSince === null ? null : (
          <>
            <time dateTime={wellSince}>{alarm.wellSince(at(wellSince))}</time>
            {' · '}
          </>
        )}
        {sources.columns.last}: {last ? <Time at={last} /> : alarm.noItemYet}
      </span>
    </p>
  )
}

function AlarmLines({ alarms }: { readonly alarms: readonly Alarm[] }) {
  const { alarm: words } = useDeskWords()
  return (
    <ul className="alarms">
      {alarms.map((alarm) => (
        <li key={alarm.id} className={alarm.severity}>
          <Mark mood={alarm.severity === 'critical' ? 'bad' : 'warn'}>
            {words.severity[alarm.severity]}
          </Mark>
          <Sentence alarm={alarm} />
          <span className="quiet small">
            {words.since}: <Time at={alarm.since} />
          </span>
          {alarm.href.startsWith('/dashboard') ? (
            <Link href={alarm.href}>{words.look}</Link>
          ) : (
            <a href={alarm.href}>{words.look}</a>
          )}
        </li>
      ))}
    </ul>
  )
}

function Sentence({ alarm: { cause, says } }: { readonly alarm: Alarm }) {
  const { alarm, flow } = useDeskWords()
  const numbers = useNumbers()
  if (cause === undefined || !Object.hasOwn(alarm.causes, cause.code))
    return <Foreign text={says} />
  const names: Readonly<Record<string, string>> = flow.names
  const say = alarm.causes[cause.code] as (cause: Cause, written: Written) => string
  return (
    <span dir="auto">
      {say(cause, { ...numbers, group: (name) => names[name] ?? name })}{' '}
      {cause.code === 'figuresUnread' ? <Foreign text={cause.error} /> : null}
    </span>
  )
}

/** `/dashboard/alarms`: each that stands. */
export function AlarmList() {
  const { rooms, alarm } = useDeskWords()
  const { alarms } = useDesk()
  return (
    <>
      <h1>{rooms.alarms}</h1>
      {alarms.length === 0 ? (
        <div className="empty">
          <Empty title={alarm.none} say={alarm.noneSay} />
        </div>
      ) : (
        <AlarmLines alarms={alarms} />
      )}
    </>
  )
}
