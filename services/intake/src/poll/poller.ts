import type { Bus } from '@newswire/bus'
import type { Outbound } from '@newswire/http'
import { type RawItem, rawContentTypes, type Source } from '@newswire/model'
import type { Clock, Log, Metrics } from '@newswire/runtime'
import { intakeLimits } from '../limits.js'
import { publishRaw, rawId } from '../publish.js'
import { sentenceOf } from '../sentence.js'
import type { SourceRows } from '../sources/rows.js'
import { type KeyedEntry, keyEntries } from './entry-key.js'
import { type Fetched, fetchFeed } from './fetch-feed.js'
import { afterPoll, emptyPosition, type PollOutcome, type Position } from './position.js'
import type { Positions } from './positions.js'
import { restMs } from './rhythm.js'

export interface PollerOptions {
  readonly bus: Bus
  readonly positions: Positions
  readonly sources: SourceRows
  readonly outbound: Outbound
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
  const { clock, log, positions, sources } = options
  const polls = options.metrics.counter({
    name: 'newswire_polls_total',
    help: 'Polls of sources by result: new, empty or failed.',
    labels: ['result'],
  })
  const entries = options.metrics.counter({
    name: 'newswire_poll_entries_total',
    help: 'New or changed feed entries that polls have stored.',
  })
  const seconds = options.metrics.histogram({
    name: 'newswire_poll_seconds',
    help: 'Time of a poll from the request to the written position.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
  })

  async function poll(source: Source, signal?: AbortSignal): Promise<PollResult> {
    const at = clock.now()
    const before = (await positions.get(source.id)) ?? emptyPosition(source.id)
    const nextAt = (failures: number) => new Date(at.getTime() + restMs(source, failures))
    const found = await look(source, before, { ...options, signal }).catch((error: unknown) => {
      // Our own stop is no failure of the source.
      if (signal?.aborted) throw error
      return failureOf(error)
    })
    const outcome: PollOutcome = {
      ...found,
      at,
      nextAt: nextAt(found.kind === 'failed' ? before.failuresInRow + 1 : 0),
    }
    const position = await positions.change(source.id, (row) =>
      afterPoll(row, outcome, intakeLimits.seenMax),
    )
    if (found.kind === 'failed' && found.isGone) await sources.disable(source.id)
    const polled = resultOf(outcome, position)
    polls.add(1, { result: polled.result })
    entries.add(polled.published)
    seconds.observe((clock.now().getTime() - at.getTime()) / 1_000)
    const { result, published, error } = polled
    log[error ? 'warn' : 'info']({ source: source.id, result, published, error }, 'source polled')
    return polled
  }

  return { poll }
}

type Finding =
  | Omit<Extract<PollOutcome, { kind: 'read' }>, 'at' | 'nextAt'>
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'failed'; readonly error: string; readonly isGone?: boolean }

type LookOptions = PollerOptions & { readonly signal?: AbortSignal | undefined }

/** Fetches and stores what is new. What it throws leaves the position where it was. */
async function look(source: Source, position: Position, options: LookOptions): Promise<Finding> {
  const { outbound, userAgent, signal } = options
  const fetched = await fetchFeed(source, position, {
    outbound,
    userAgent,
    ...(signal ? { signal } : {}),
  })
  if (fetched.kind === 'not-modified') return fetched
  if (fetched.kind === 'gone') {
    return {
      kind: 'failed',
      error: 'The source answers 410: it is gone for good and has been disabled.',
      isGone: true,
    }
  }
  return store(source, position, fetched, options)
}

async function store(
  source: Source,
  position: Position,
  { feed, validators }: Extract<Fetched, { kind: 'feed' }>,
  { bus, clock }: LookOptions,
): Promise<Finding> {
  // Oldest first: the order in stream RAW decides where a source says nothing of the order.
  const keyed = keyEntries(feed.entries).toReversed()
  const fresh = keyed.filter(({ key, contentHash }) => position.seen[key] !== contentHash)
  const raws = fresh.map((entry) => ({ entry, raw: rawOf(source, entry, clock.now()) }))
  const fitting = raws.filter(({ raw }) => Buffer.byteLength(raw.body) <= intakeLimits.itemBytesMax)
  for (const { entry, raw } of fitting) {
    await publishRaw(bus, raw, rawId(source.id, entry.key, entry.contentHash))
  }
  const note = noteOn(raws.length - fitting.length, feed.dropped)
  return {
    kind: 'read',
    validators,
    entries: new Map(keyed.map(({ key, contentHash }) => [key, contentHash])),
    published: fitting.length,
    ...(note === undefined ? {} : { note }),
  }
}

function rawOf(source: Source, { entry }: KeyedEntry, now: Date): RawItem {
  return {
    source: source.id,
    wire: source.wire,
    door: 'poll',
    contentType: rawContentTypes.entry,
    body: JSON.stringify(entry),
    received: now.toISOString(),
    rights: source.rights,
  }
}

function noteOn(oversize: number, dropped: number): string | undefined {
  const { itemBytesMax, entriesMax } = intakeLimits
  const notes = [
    oversize > 0 ? `${oversize} entries are larger than ${itemBytesMax} bytes.` : '',
    dropped > 0 ? `${dropped} entries stand behind the newest ${entriesMax}.` : '',
  ].filter((note) => note !== '')
  return notes.length === 0 ? undefined : `Left out: ${notes.join(' ')}`
}

function failureOf(error: unknown): Finding {
  return { kind: 'failed', error: sentenceOf(error) }
}

function resultOf(outcome: PollOutcome, position: Position): PollResult {
  if (outcome.kind === 'failed') {
    return { result: 'failed', published: 0, error: outcome.error, position }
  }
  const published = outcome.kind === 'read' ? outcome.published : 0
  return { result: published > 0 ? 'new' : 'empty', published, position }
}
