import { useState } from 'react'
import { Time } from '../parts/time.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { Table } from './listing.js'
import type { Overview } from './shapes.js'
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
          <td className="number">{count(each.errorsPerMinute)}</td>
          <td>{each.lastAt ? <Time at={each.lastAt} /> : '–'}</td>
        </tr>
      ))}
    </Table>
  )
}

function QueueTable({ overview }: { readonly overview: Overview }) {
  const { stages } = useDeskWords()
  const { count, span } = useNumbers()
  if (overview.queues.length === 0) return <p className="empty">{stages.empty}</p>
  const columns = [
    ...[stages.queue, stages.waiting, stages.delayed, stages.active, stages.failed],
    stages.oldest,
  ]
  return (
    <Table label={stages.queues} columns={columns} numbers={columns.slice(1)}>
      {overview.queues.map(({ queue, waiting, delayed, active, failed, oldestSeconds }) => (
        <tr key={queue}>
          <td>
            <a href={`/dashboard/queues/queue/${queue}`}>{queue}</a>
          </td>
          <td className="number">{count(waiting)}</td>
          <td className="number">{count(delayed)}</td>
          <td className="number">{count(active)}</td>
          <td className="number">{count(failed)}</td>
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
