import { bytes, count, type Painted, paint, relative, type Style, span } from '../screen/index.js'
import { type Outcome, outcomes, type Session } from '../session.js'
import { type Overview, readOverview } from './overview.js'

const secondMs = 1_000
const percent = 100

/** `newswire status`: all that is well in a few lines, all that is not first. */
export async function status(session: Session): Promise<Outcome> {
  const overview = await readOverview(session.house())
  const isWell = overview.alarms.length === 0
  if (session.isJson) session.screen.json({ ...overview, well: isWell })
  else {
    sayAlarms(overview, session)
    sayStages(overview, session)
    saySources(overview, session)
    sayRest(overview, session)
  }
  return isWell ? outcomes.done : outcomes.failed
}

function sayAlarms({ alarms }: Overview, { screen, now }: Session): void {
  if (alarms.length === 0) screen.line(paint('good', '✓ All is well.'))
  for (const { severity, says, since } of alarms) {
    const isCritical = severity === 'critical'
    const mark = isCritical ? paint('bad', '✗ critical  ') : paint('odd', '! warning   ')
    screen.line(mark, says, since ? paint('dim', `  since ${relative(since, now())}`) : '')
  }
  screen.line()
}

function sayStages({ stages }: Overview, { screen }: Session): void {
  const right = { align: 'right' } as const
  const number = (value: number | null | undefined) =>
    typeof value === 'number' ? count(Math.round(value)) : '–'
  screen.table(
    [
      { title: 'stage' },
      ...[
        { title: 'items/min', ...right },
        { title: 'waiting', ...right },
      ],
      ...[
        { title: 'oldest', ...right },
        { title: 'errors/min', ...right },
      ],
    ],
    stages.map(({ stage, itemsPerMinute, backlog, oldestWaitingSeconds, errorsPerMinute }) => [
      paint('strong', stage),
      number(itemsPerMinute),
      backlog > 0 ? paint('odd', count(backlog)) : 0,
      typeof oldestWaitingSeconds === 'number' ? span(oldestWaitingSeconds * secondMs) : '–',
      errorsPerMinute ? paint('bad', number(errorsPerMinute)) : number(errorsPerMinute),
    ]),
  )
}

const marks: Readonly<Record<string, readonly [mark: string, style: Style]>> = {
  well: ['●', 'good'],
  ok: ['●', 'good'],
  failing: ['✗', 'bad'],
  gone: ['✗', 'bad'],
  silent: ['○', 'odd'],
  paused: ['‖', 'dim'],
  disabled: ['‖', 'dim'],
}

function saySources({ sources }: Overview, { screen, now }: Session): void {
  screen.line()
  if (sources.length === 0) {
    screen.line('No source stands. Add one: newswire sources add https://example.org/press.rss')
    return
  }
  screen.table(
    [
      ...[{ title: 'source', isElastic: true }, { title: 'state' }, { title: 'last item' }],
      ...[{ title: 'next poll' }, { title: 'says', isElastic: true }],
    ],
    sources.map(({ name, state, lastItemAt, nextPollAt, says }) => {
      const [mark, style] = marks[state] ?? ['…', 'dim']
      return [
        paint('strong', name),
        paint(style, `${mark} ${state}`),
        relative(lastItemAt, now()),
        relative(nextPollAt, now()),
        says ?? '',
      ]
    }),
  )
}

const nameColumns = 14

function sayRest(overview: Overview, { screen }: Session): void {
  const { deliveries, deadLetters, embargoed, openRecalls, matters, redis, disk } = overview
  screen.line()
  const number = (value: number | null | undefined): Painted | string => {
    if (typeof value !== 'number') return ''
    return value === 0 ? paint('dim', '0') : paint('odd', count(value))
  }
  const rows: readonly (readonly [string, Painted | string])[] = [
    ['deliveries', sayDeliveries(deliveries)],
    ['dead letters', number(deadLetters)],
    ['open recalls', number(openRecalls)],
    ['embargoed', typeof embargoed === 'number' ? count(embargoed) : ''],
    ['matters', number(matters)],
    ['redis', redis ? `${bytes(redis.usedBytes)}${ofAll(redis.maxBytes)}` : ''],
    ['disk', disk ? `${bytes(disk.freeBytes)} free of ${bytes(disk.totalBytes)}` : ''],
  ]
  for (const [name, says] of rows) {
    if (says !== '') screen.line(paint('dim', name.padEnd(nameColumns)), says)
  }
}

const ofAll = (max: number | null | undefined) => (max ? ` of ${bytes(max)}` : '')

function sayDeliveries(deliveries: Overview['deliveries']): string {
  if (!deliveries) return ''
  const { perMinute, successRate, latencyMs, open, failing } = deliveries
  const parts = [
    ...(typeof perMinute === 'number' ? [`${count(Math.round(perMinute))}/min`] : []),
    ...(typeof successRate === 'number' ? [`${Math.round(successRate * percent)} % taken`] : []),
    ...(latencyMs ? [`p95 ${Math.round(latencyMs.p95)} ms`] : []),
    ...(typeof open === 'number' ? [`${count(open)} open`] : []),
    ...(failing && failing.length > 0
      ? [`${count(failing.length)} failing ${failing.length === 1 ? 'webhook' : 'webhooks'}`]
      : []),
  ]
  return parts.join(', ')
}
