import { hourMs, minuteMs } from '../figures/limits.js'
import type { Figures, Recall } from '../overview/shapes.js'
import type { Finding } from './alarm.js'

/** From when on something is an alarm, by name. */
export const alarmLimits = {
  /** The oldest open delivery; from the second on it is critical. */
  deliveryOldMs: 30 * minuteMs,
  deliveryVeryOldMs: 4 * hourMs,
  /** A withdrawal that somebody has not acknowledged. */
  killMs: 2 * minuteMs,
  deadLettersMany: 100,
  /** A consumer whose backlog does not get less. */
  stalledMs: 2 * minuteMs,
  diskFreeShareLow: 0.1,
  diskFreeShareLeast: 0.05,
  streamShareHigh: 0.9,
  redisShareHigh: 0.85,
  redisShareHighest: 0.95,
} as const

/** Streams that let their oldest go when they are full: that is no alarm. */
export const rollingStreams: readonly string[] = ['DELIVERIES', 'OUT', 'RECEIPTS']

export interface Judged {
  readonly overview: Figures
  readonly recalls: readonly Recall[]
  readonly oldestOpenAt: Date | undefined
  /** Groups and since when their backlog has not become less. */
  readonly stalled: readonly { group: string; since: Date; backlog: number }[]
  readonly isWireSilent: boolean
  readonly wireLastAt: Date | undefined
  readonly now: Date
}

/** Everything that is wrong. */
export function judge(judged: Judged): Finding[] {
  return [
    ...silentSources(judged),
    ...wire(judged),
    ...deliveries(judged),
    ...kills(judged),
    ...letters(judged),
    ...stalled(judged),
    ...disk(judged),
    ...redis(judged),
  ]
}

function silentSources({ overview }: Judged): Finding[] {
  return overview.sources
    .filter(({ state }) => state === 'silent')
    .map(({ id, name, lastItemAt, usualPerHour }) => ({
      kind: 'sourceSilent',
      severity: 'warning',
      subject: id,
      cause: { code: 'sourceSilent', name, lastItemAt, usualPerHour },
      says: `${name} has brought nothing since ${lastItemAt ?? 'it is known'}, where ${usualPerHour ?? 'some'} items an hour are usual at this time of the week.`,
      href: '/dashboard/sources',
    }))
}

function wire({ isWireSilent, wireLastAt }: Judged): Finding[] {
  if (!isWireSilent) return []
  const lastItemAt = wireLastAt?.toISOString() ?? null
  return [
    {
      kind: 'noData',
      severity: 'critical',
      subject: 'wire',
      cause: { code: 'wireSilent', lastItemAt },
      says: `Nothing at all has come in since ${lastItemAt ?? 'the start'}, against the rhythm of the whole wire. Look at intake and at the network.`,
      href: '/dashboard/stages',
    },
  ]
}

function deliveries({ overview, oldestOpenAt, now }: Judged): Finding[] {
  if (oldestOpenAt === undefined) return []
  const ageMs = now.getTime() - oldestOpenAt.getTime()
  if (ageMs < alarmLimits.deliveryOldMs) return []
  const { open } = overview.deliveries
  const waitedMinutes = Math.round(ageMs / minuteMs)
  return [
    {
      kind: 'deliveryOld',
      severity: ageMs >= alarmLimits.deliveryVeryOldMs ? 'critical' : 'warning',
      subject: 'deliveries',
      cause: { code: 'deliveryOld', open, waitedMinutes },
      says: `The oldest of ${open} open deliveries has waited for ${waitedMinutes} minutes.`,
      href: '/dashboard/deliveries',
    },
  ]
}

function kills({ recalls, now }: Judged): Finding[] {
  return recalls
    .filter(({ isWithdrawal, pending, failed, since }) => {
      const ageMs = now.getTime() - Date.parse(since)
      return isWithdrawal && pending + failed > 0 && ageMs >= alarmLimits.killMs
    })
    .map(({ item, pending, failed, receivers, since }) => ({
      kind: 'killUnacknowledged',
      severity: 'critical',
      subject: item,
      cause: {
        code: 'killUnacknowledged',
        ...{ item, open: pending + failed, receivers, withdrawnAt: since },
      },
      says: `${pending + failed} of ${receivers} receivers have not acknowledged the withdrawal of ${item}, which stands since ${since}.`,
      href: `/items/${item}`,
    }))
}

function letters({ overview: { deadLetters } }: Judged): Finding[] {
  if (deadLetters === 0) return []
  const isMany = deadLetters >= alarmLimits.deadLettersMany
  const are = deadLetters === 1 ? 'dead letter waits' : 'dead letters wait'
  return [
    {
      kind: 'deadLetters',
      severity: isMany ? 'critical' : 'warning',
      subject: 'dead letters',
      cause: { code: 'deadLetters', count: deadLetters },
      says: `${deadLetters} ${are} for a look: replay or discard them.`,
      href: '/dashboard/dead-letters',
    },
  ]
}

function stalled(judged: Judged): Finding[] {
  return judged.stalled
    .filter(({ since }) => judged.now.getTime() - since.getTime() >= alarmLimits.stalledMs)
    .map(({ group, since, backlog }) => ({
      kind: 'consumerStalled',
      severity: 'critical',
      subject: group,
      cause: { code: 'consumerStalled', group, stoodSince: since.toISOString(), backlog },
      says: `${group} has done nothing since ${since.toISOString()}, while ${backlog} facts wait for it.`,
      href: '/dashboard/stages',
    }))
}

function disk({ overview }: Judged): Finding[] {
  const full = overview.streams.filter(
    ({ stream, bytes, bytesMax }) =>
      !rollingStreams.includes(stream) &&
      bytesMax !== null &&
      bytes > bytesMax * alarmLimits.streamShareHigh,
  )
  const found: Finding[] = full.map(({ stream, bytes, bytesMax }) => ({
    kind: 'diskFull',
    severity: 'critical',
    subject: stream,
    cause: { code: 'streamFull', stream, bytes, bytesMax: bytesMax ?? bytes },
    says: `Stream ${stream} holds ${bytes} of ${bytesMax} bytes; a full one takes nothing more. Raise STREAM_BYTES_MAX, or let old facts go.`,
    href: '/dashboard/stages',
  }))
  const { freeBytes = 1, totalBytes = 1 } = overview.disk ?? {}
  const share = freeBytes / totalBytes
  if (share >= alarmLimits.diskFreeShareLow) return found
  const low: Finding = {
    kind: 'diskFull',
    severity: share < alarmLimits.diskFreeShareLeast ? 'critical' : 'warning',
    subject: 'disk',
    cause: { code: 'diskLow', freeShare: share },
    says: `Only ${Math.round(share * 100)} % of the disk with the data is free.`,
    href: '/dashboard/stages',
  }
  return [...found, low]
}

function redis({ overview }: Judged): Finding[] {
  const { usedBytes, maxBytes } = overview.redis
  const share = maxBytes === 0 ? 0 : usedBytes / maxBytes
  if (share < alarmLimits.redisShareHigh) return []
  return [
    {
      kind: 'redisFull',
      severity: share >= alarmLimits.redisShareHighest ? 'critical' : 'warning',
      subject: 'redis',
      cause: { code: 'redisFull', usedShare: share },
      says: `Redis uses ${Math.round(share * 100)} % of the memory that it may take; when it is full, queues take nothing more.`,
      href: '/dashboard/stages',
    },
  ]
}

/** Where there is nothing to judge by. */
export function unreadable(cause: unknown): Finding {
  const error = cause instanceof Error ? cause.message : String(cause)
  return {
    kind: 'noData',
    severity: 'critical',
    subject: 'figures',
    cause: { code: 'figuresUnread', error },
    says: `The figures of the house cannot be read: ${error}`,
    href: '/dashboard',
  }
}
