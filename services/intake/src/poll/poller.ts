import type { Bus } from '@newswire/bus'
import type { Outbound } from '@newswire/http'
import type { Source } from '@newswire/model'
import type { Clock, Log, Metrics, SecretBox } from '@newswire/runtime'
import { intakeLimits } from '../limits.js'
import { fetchStories } from '../presseportal/fetch-stories.js'
import { sentenceOf } from '../sentence.js'
import type { SourceRows } from '../sources/rows.js'
import { auditSource } from '../sources/source-audit.js'
import type { Hubs } from '../websub/hubs.js'
import { fetchFeed } from './fetch-feed.js'
import type { HostGate } from './host-gate.js'
import type { Marks } from './marks.js'
import {
  afterPoll,
  emptyPosition,
  type PollOutcome,
  type Position,
  startedAnew,
} from './position.js'
import type { Positions } from './positions.js'
import { type Asking, type Fetched, SourceAnswerError } from './source-answer.js'
import { oversizeNote, takeIn, toldOf } from './take-in.js'

export interface PollerOptions {
  readonly bus: Bus
  readonly positions: Positions
  readonly sources: SourceRows
  readonly outbound: Outbound
  readonly secrets: SecretBox
  readonly hubs: Hubs
  readonly gate: HostGate
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly userAgent: string
}

export interface PollResult {
  readonly result: 'new' | 'empty' | 'failed'
  /** Entries that were new or changed, and are in stream RAW now. */
  readonly published: number
  /** Why it failed. */
  readonly error?: string
  readonly position: Position
}

export interface Poller {
  /** Polls once, now. Throws only where the bus can't even take the failure down. */
  poll(source: Source, signal?: AbortSignal): Promise<PollResult>
}

export function createPoller(options: PollerOptions): Poller {
  const { clock, log, positions, hubs } = options
  const meter = createMeter(options.metrics)

  async function poll(source: Source, signal?: AbortSignal): Promise<PollResult> {
    const at = clock.now()
    const before = (await positions.get(source.id)) ?? emptyPosition(source.id)
    const outcome = await look(source, before, { ...options, signal }).catch((error: unknown) => {
      // Our own stop is no failure of the source.
      if (signal?.aborted) throw error
      return failureOf(error)
    })
    const isPushed = before.hub !== undefined && (await hubs.isPushing(source.id))
    const position = await positions.change(source.id, (row) =>
      afterPoll(row, outcome, { source, at, isPushed }),
    )
    await heed(source, outcome, { ...options, before, position })
    await beginAnewWhereMoved(source, options)
    const polled = resultOf(outcome, position)
    meter(polled, (clock.now().getTime() - at.getTime()) / 1_000)
    const { result, published, error } = polled
    log[error ? 'warn' : 'info']({ source: source.id, result, published, error }, 'source polled')
    return polled
  }

  return { poll }
}

function createMeter(metrics: Metrics): (polled: PollResult, seconds: number) => void {
  const polls = metrics.counter({
    name: 'newswire_polls_total',
    help: 'Polls of sources by result: new, empty or failed.',
    labels: ['result'],
  })
  const entries = metrics.counter({
    name: 'newswire_poll_entries_total',
    help: 'New or changed feed entries that polls have stored.',
  })
  const duration = metrics.histogram({
    name: 'newswire_poll_seconds',
    help: 'Time of a poll from the request to the written position.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
  })
  return ({ result, published }, seconds) => {
    polls.add(1, { result })
    entries.add(published)
    duration.observe(seconds)
  }
}

type LookOptions = PollerOptions & { readonly signal: AbortSignal | undefined }

/** Fetches and stores what is new. What it throws leaves the position where it was. */
async function look(
  source: Source,
  position: Position,
  options: LookOptions,
): Promise<PollOutcome> {
  const { positions, gate, clock, signal } = options
  let marks: Promise<Marks> | undefined
  const asking: Asking = {
    now: clock.now(),
    signal,
    pause: (url) => gate.pause(url, signal),
    marks: () => {
      marks ??= positions.marks(source.id)
      return marks
    },
  }
  const fetched = await fetchFrom(source, position, asking, options)
  if (fetched.kind === 'not-modified') return fetched
  if (fetched.kind === 'gone') {
    const error = 'The source answers 410: it is gone for good and has been disabled.'
    return { kind: 'failed', error, isGone: true }
  }
  return store(source, fetched, await asking.marks(), options)
}

function fetchFrom(
  source: Source,
  position: Position,
  asking: Asking,
  options: LookOptions,
): Promise<Fetched> {
  return source.kind === 'presseportal-api'
    ? fetchStories(source, asking, options)
    : fetchFeed(source, position, asking, options)
}

async function store(
  source: Source,
  fetched: Extract<Fetched, { kind: 'pieces' }>,
  marks: Marks,
  options: LookOptions,
): Promise<PollOutcome> {
  const { pieces, notes, kind: _kind, ...said } = fetched
  const { fresh, published, oversize } = await takeIn(source, pieces, { ...options, marks })
  // Only news changes the marks: most polls leave the large row alone.
  const standing = fresh === 0 ? marks : await options.positions.remember(source.id, toldOf(pieces))
  const dates = pieces.map(({ date }) => date)
  const note = [...notes, ...oversizeNote(oversize)].join(' ')
  return {
    kind: 'read',
    ...said,
    reading: { dates, entries: pieces.length, fresh },
    published,
    seenCount: standing.size,
    ...(note === '' ? {} : { note }),
  }
}

/** What the answer means for the row of the source itself, and for its hub. */
async function heed(
  source: Source,
  outcome: PollOutcome,
  options: PollerOptions & { readonly before: Position; readonly position: Position },
): Promise<void> {
  const { sources, positions, hubs, clock, before, position } = options
  const { moved } = position
  if (outcome.kind === 'failed' && outcome.isGone) {
    const goneAt = clock.now().toISOString()
    const row = await sources.changeAt(source, (old) => ({ ...old, enabled: false, goneAt }))
    if (row) await auditSource(row, { actor: 'intake', action: 'source.gone' }, options)
  }
  if (moved !== undefined && moved.times >= intakeLimits.movesInRowMin) {
    const { url } = moved
    const row = await sources.changeAt(source, (old) => ({ ...old, url, movedFrom: old.url }))
    await positions.change(source.id, ({ moved: _moved, ...kept }) => kept)
    if (row) await auditSource(row, { actor: 'intake', action: 'source.moved' }, options)
  }
  if (outcome.kind === 'not-modified') return
  if (before.hub ?? outcome.hub) await hubs.heed(source, position.hub)
}

/** A person gave the source another address while this one was asked: that one is due at once. */
async function beginAnewWhereMoved(
  { id, url }: Source,
  { sources, positions }: PollerOptions,
): Promise<void> {
  const row = await sources.get(id)
  if (row === undefined || row.url === url || row.movedFrom === url) return
  await positions.change(id, (position) => startedAnew(position, true))
}

function failureOf(error: unknown): PollOutcome {
  const { retryAfterMs, hub } = error instanceof SourceAnswerError ? error : {}
  return {
    kind: 'failed',
    error: sentenceOf(error),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(hub === undefined ? {} : { hub }),
  }
}

function resultOf(outcome: PollOutcome, position: Position): PollResult {
  if (outcome.kind === 'failed') {
    return { result: 'failed', published: 0, error: outcome.error, position }
  }
  const published = outcome.kind === 'read' ? outcome.published : 0
  return { result: published > 0 ? 'new' : 'empty', published, position }
}
