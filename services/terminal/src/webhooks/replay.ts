import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { House } from '../house/index.js'
import { paint } from '../screen/index.js'
import { type Outcome, outcomes, type Session } from '../session.js'
import { UsageError } from '../terminal-error.js'
import { pathOf, sayCount } from './endpoint.js'

const startedSchema = z.looseObject({ id: z.string(), count: z.number().nullish() })
const replaySchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  count: z.number().nullish(),
  planned: z.number().default(0),
  delivered: z.number().default(0),
  failed: z.number().default(0),
  superseded: z.number().default(0),
  left: z.number().nullish(),
  reason: z.string().nullish(),
})
type Replay = z.output<typeof replaySchema>

export interface ReplayOptions {
  readonly delivery?: string
  readonly all?: boolean
  readonly from?: string
  readonly to?: string
  /** `--no-wait` makes it false. */
  readonly wait: boolean
}

const lookEveryMs = 500

/** Sends again what was missed, or one delivery, and follows it with a bar to its end. */
export async function replayWebhook(
  id: string,
  options: ReplayOptions,
  session: Session,
): Promise<Outcome> {
  const house = session.house()
  const { verb, ...request } = wishOf(options)
  const started = await house.ask('POST', pathOf(id, verb), startedSchema, request)
  if (!options.wait) {
    if (session.isJson) session.screen.json(started)
    else session.screen.line('The replay ', paint('accent', started.id), ' has begun.')
    return outcomes.done
  }
  const replay = await follow(id, started.id, house, session)
  if (session.isJson) session.screen.json(replay)
  else say(replay, session)
  return replay.state === 'done' && replay.failed === 0 ? outcomes.done : outcomes.failed
}

function wishOf({ delivery, all, from, to }: ReplayOptions): { verb: string; body?: object } {
  const range = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(all === true ? { status: 'all' } : {}),
  }
  if (delivery === undefined) return { verb: 'replay', body: range }
  if (Object.keys(range).length === 0) {
    return { verb: `deliveries/${encodeURIComponent(delivery)}/replay` }
  }
  throw new UsageError('Give --delivery alone, or a range with --from, --to and --all.')
}

async function follow(id: string, of: string, house: House, { screen }: Session): Promise<Replay> {
  const bar = screen.progress('Sending again')
  const path = pathOf(id, `replays/${encodeURIComponent(of)}`)
  for (;;) {
    const replay = await house.ask('GET', path, replaySchema)
    const done = replay.delivered + replay.failed + replay.superseded
    bar.at(done, replay.count ?? Math.max(replay.planned, done + (replay.left ?? 0)))
    if (replay.state === 'done' || replay.state === 'stopped') {
      bar.end()
      return replay
    }
    await delay(lookEveryMs, undefined, { signal: house.signal })
  }
}

function say({ state, delivered, failed, superseded, reason }: Replay, { screen }: Session): void {
  const mark = state === 'done' ? paint('good', '✓ done') : paint('bad', '✗ stopped')
  const parts = [
    sayCount(delivered, 'delivered', 'delivered'),
    ...(failed > 0 ? [sayCount(failed, 'failed', 'failed')] : []),
    ...(superseded > 0 ? [sayCount(superseded, 'superseded', 'superseded')] : []),
  ]
  screen.line(mark, `  ${parts.join(', ')}.`, reason ? `  ${reason}` : '')
}
