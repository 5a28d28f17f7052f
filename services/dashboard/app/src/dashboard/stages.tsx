import { useState } from 'react'
import { Link } from 'wouter'
import { Time } from '../parts/time.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { Table } from './listing.js'
import type { Overview, StageName } from './shapes.js'
import { useDesk } from './use-desk.js'
import { useNumbers } from './use-numbers.js'

/** `/dashboard/stages`: what waits where, how full it is, and the board of all jobs. */
export function Stages() {
  const { rooms, stages } = useDeskWords()
  const { overview } = useDesk()
  const [hasBoard, setBoard] = useState(false)
  if (!overview) return <div className="waiting" aria-busy="true" />
  return (
    <>
      <h1>{rooms.stages}</h1>
      <StageTable overview={overview} />
      <QueueTable overview={overview} />
      <section className="stack tight" aria-labelledby="board">
        <div className="row">
          <h2 id="board">{stages.board}</h2>
          <a href="/dashboard/queues">{stages.boardAlone}</a>
        </div>
        <p className="quiet small">{stages.boardSay}</p>
        <details onToggle={({ currentTarget }) => setBoard(currentTarget.open)}>
          <summary>{stages.boardHere}</summary>
          {hasBoard ? (
            <iframe className="board" title={stages.board} src="/dashboard/queues" />
          ) : null}
        </details>
      </section>
      <StreamTable overview={overview} />
    </>
  )
}

function StageTable({ overview }: { readonly overview: Overview }) {
  const { stages, flow } = useDeskWords()
  const { count, span } = useNumbers()
  const columns = [
    ...[stages.stage, stages.rate, stages.before, stages.backlog, stages.oldest],
    ...[stages.errors, stages.last],
  ]
  return (
    <Table label={stages.stages} columns={columns} numbers={columns.slice(1, -1)}>
      {overview.stages.map((each) => (
        <tr key={each.stage}>
          <td>{flow.names[each.stage]}</td>
          <td className="number">{count(each.itemsPerMinute)}</td>
          <td className="number">{count(each.previousPerMinute)}</td>
          <td className="number">{count(each.backlog)}</td>
          <td className="number">
            {each.oldestWaitingSeconds === null ? '–' : span(each.oldestWaitingSeconds)}
          </td>
          <td className="number">
            <Behind number={each.errorsPerMinute} href={errorsOf[each.stage]} />
          </td>
          <td>{each.lastAt ? <Time at={each.lastAt} /> : '–'}</td>
        </tr>
      ))}
    </Table>
  )
}

/** Where one sees what went wrong in a stage. */
const errorsOf: Readonly<Record<StageName, string>> = {
  intake: '/dashboard/sources',
  normalizer: '/dashboard/dead-letters?stage=normalizer',
  tagger: '/dashboard/dead-letters?stage=tagger',
  feeds: '/dashboard/dead-letters',
  webhooks: '/dashboard/deliveries?status=retry',
}

/** A number that leads to what is behind it, where anything is. */
function Behind({ number, href }: { readonly number: number; readonly href: string }) {
  const { count } = useNumbers()
  if (number === 0) return count(number)
  // The board of queues is a page of its own.
  if (href.startsWith(board)) return <a href={href}>{count(number)}</a>
  return <Link href={href}>{count(number)}</Link>
}

const board = '/dashboard/queues'
const states = ['waiting', 'delayed', 'active', 'failed'] as const

function QueueTable({ overview }: { readonly overview: Overview }) {
  const { stages } = useDeskWords()
  const { span } = useNumbers()
  if (overview.queues.length === 0) return <p className="empty">{stages.empty}</p>
  const columns = [
    ...[stages.queue, stages.waiting, stages.delayed, stages.active, stages.failed],
    stages.oldest,
  ]
  return (
    <Table label={stages.queues} columns={columns} numbers={columns.slice(1)}>
      {overview.queues.map(({ queue, oldestSeconds, ...numbers }) => (
        <tr key={queue}>
          <td>
            <a href={`${board}/queue/${queue}`}>{queue}</a>
          </td>
          {states.map((state) => (
            <td key={state} className="number">
              <Behind number={numbers[state]} href={`${board}/queue/${queue}?status=${state}`} />
            </td>
          ))}
          <td className="number">{oldestSeconds === null ? '–' : span(oldestSeconds)}</td>
        </tr>
      ))}
    </Table>
  )
}

function StreamTable({ overview }: { readonly overview: Overview }) {
  const { stages } = useDeskWords()
  const { count, bytes } = useNumbers()
  const { disk, redis, streams } = overview
  return (
    <section className="stack tight">
      <Table
        label={stages.streams}
        columns={[stages.stream, stages.messages, stages.size, stages.limit]}
        numbers={[stages.messages, stages.size, stages.limit]}
      >
        {streams.map((each) => (
          <tr key={each.stream}>
            <td>{each.stream}</td>
            <td className="number">{count(each.messages)}</td>
            <td className="number">{bytes(each.bytes)}</td>
            <td className="number">{each.bytesMax === null ? '–' : bytes(each.bytesMax)}</td>
          </tr>
        ))}
      </Table>
      <p className="quiet small">
        {disk
          ? `${stages.disk}: ${stages.free(bytes(disk.freeBytes), bytes(disk.totalBytes))} · `
          : ''}
        {stages.redis}:{' '}
        {redis.maxBytes === 0
          ? stages.unlimited(bytes(redis.usedBytes))
          : stages.used(bytes(redis.usedBytes), bytes(redis.maxBytes))}
      </p>
    </section>
  )
}
