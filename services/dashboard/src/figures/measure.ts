import type { Metrics, SetGauge } from '@newswire/runtime'
import type { Alarm } from '../alarms/alarm.js'
import type { Figures } from '../overview/shapes.js'

export interface MeasureOptions {
  readonly alarms: () => readonly Alarm[]
  /** As it was last read; undefined before. */
  readonly overview: () => Figures | undefined
}

/** The alarms and the figures behind them, for Prometheus: `infra/prometheus`. */
export function measure(metrics: Metrics, { alarms, overview }: MeasureOptions): void {
  metrics.gauge({
    name: 'newswire_alarm',
    help: 'Alarms that stand.',
    labels: ['kind', 'subject', 'severity'],
    read: (set) => {
      for (const { kind, subject, severity } of alarms()) set(1, { kind, subject, severity })
    },
  })
  const figures = (
    name: string,
    help: string,
    labels: readonly string[],
    tell: (set: SetGauge, figures: Figures) => void,
  ) => {
    const read = (set: SetGauge) => {
      const known = overview()
      if (known !== undefined) tell(set, known)
    }
    metrics.gauge({ name: `newswire_${name}`, help, labels, read })
  }
  figures('watch_looked_timestamp_seconds', 'When the figures were last read.', [], (set, { at }) =>
    set(Date.parse(at) / 1_000),
  )
  figures('stage_backlog', 'Facts that wait before a stage.', ['stage'], (set, { stages }) => {
    for (const { stage, backlog } of stages) set(backlog, { stage })
  })
  figures(
    'stage_oldest_waiting_seconds',
    'How long the oldest fact has waited before a stage.',
    ['stage'],
    (set, { stages }) => {
      for (const { stage, oldestWaitingSeconds } of stages)
        set(oldestWaitingSeconds ?? 0, { stage })
    },
  )
  figures(
    'stage_last_timestamp_seconds',
    'When a stage last gave something.',
    ['stage'],
    (set, { stages }) => {
      for (const { stage, lastAt } of stages) if (lastAt) set(Date.parse(lastAt) / 1_000, { stage })
    },
  )
  measureHouse(figures)
}

type Add = (
  name: string,
  help: string,
  labels: readonly string[],
  tell: (set: SetGauge, figures: Figures) => void,
) => void

function measureHouse(add: Add): void {
  add('deliveries_open', 'Deliveries without a last word.', [], (set, { deliveries }) =>
    set(deliveries.open),
  )
  add('delivery_success_ratio', 'Of the attempts of a quarter of an hour.', [], (set, known) => {
    if (known.deliveries.successRate !== null) set(known.deliveries.successRate)
  })
  add('dead_letters', 'Dead letters that wait for a look.', [], (set, { deadLetters }) =>
    set(deadLetters),
  )
  add('recalls_open', 'Corrections and withdrawals that somebody lacks.', [], (set, known) =>
    set(known.openRecalls),
  )
  add('stream_bytes', 'Bytes of a stream.', ['stream'], (set, { streams }) => {
    for (const { stream, bytes } of streams) set(bytes, { stream })
  })
  add('stream_bytes_max', 'Bytes that a stream may hold.', ['stream'], (set, { streams }) => {
    for (const { stream, bytesMax } of streams) if (bytesMax) set(bytesMax, { stream })
  })
  add('redis_used_bytes', 'Memory that Redis uses.', [], (set, { redis }) => set(redis.usedBytes))
  add('redis_max_bytes', 'Memory that Redis may use; 0: all.', [], (set, { redis }) =>
    set(redis.maxBytes),
  )
  add('disk_free_bytes', 'Free bytes of the disk with the data.', [], (set, { disk }) => {
    if (disk) set(disk.freeBytes)
  })
  add('disk_total_bytes', 'Bytes of the disk with the data.', [], (set, { disk }) => {
    if (disk) set(disk.totalBytes)
  })
  add('source_state', 'How each source is.', ['source', 'state'], (set, { sources }) => {
    for (const { id, state } of sources) set(1, { source: id, state })
  })
}
