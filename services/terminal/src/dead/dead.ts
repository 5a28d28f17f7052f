import { z } from 'zod'
import { count, paint, relative } from '../screen/index.js'
import { type Outcome, outcomes, type Session } from '../session.js'
import { UsageError } from '../terminal-error.js'
import { type Letter, letterSchema, lettersPath, listLetters, pathOf } from './letter.js'

export interface ListOptions {
  readonly stage?: string
  readonly limit: number
}

export async function listDead(options: ListOptions, session: Session): Promise<Outcome> {
  const { screen, isJson, now } = session
  const found = await listLetters(session.house(), options)
  if (isJson) screen.json({ items: found })
  else if (found.length === 0) screen.line(paint('good', '✓'), ' No dead letter waits for a look.')
  else {
    screen.table(
      [
        ...[{ title: 'id', align: 'right' as const }, { title: 'stage' }, { title: 'at' }],
        ...[
          { title: 'tries', align: 'right' as const },
          { title: 'reason', isElastic: true },
        ],
      ],
      found.map(({ id, stage, at, deliveries, error }) => [
        paint('accent', id),
        stage,
        paint('dim', relative(at, now())),
        deliveries ?? '',
        error.message,
      ]),
    )
  }
  return outcomes.done
}

const nameColumns = 9
const inputIndent = 2

export async function showDead(id: string, session: Session): Promise<Outcome> {
  const { screen, isJson, now } = session
  const letter = await session.house().ask('GET', pathOf(id), letterSchema)
  if (isJson) {
    screen.json(letter)
    return outcomes.done
  }
  const { stage, at, deliveries, error, subject, input } = letter
  screen.line(paint('bad', `✗ ${error.message}`))
  const rows = [
    ['id', id],
    ['stage', stage],
    ['subject', subject ?? ''],
    ['at', `${at ?? ''}  ${relative(at, now())}`],
    ['tries', deliveries ?? ''],
  ] as const
  for (const [name, says] of rows) screen.line(paint('dim', name.padEnd(nameColumns)), says)
  screen.line(paint('dim', 'input'))
  screen.paragraph(JSON.stringify(input, null, inputIndent), inputIndent)
  return outcomes.done
}

export type Action = 'replay' | 'discard'

export interface ManyOptions {
  readonly stage?: string
  readonly all?: boolean
  readonly yes?: boolean
}

/** Letters that are worked on in one go; who has more runs it again. */
const lettersMax = 10_000
/** A bar that moves: the house takes more in one call. */
const idsAtOnceMax = 100

const changedSchema = z.object({
  done: z.number(),
  gone: z.number(),
  failed: z.array(z.object({ id: z.string(), error: z.string() })),
})
type Changed = z.output<typeof changedSchema>

/** Replays or discards letters by id, or all of a stage, or all. */
export async function changeDead(
  action: Action,
  ids: readonly string[],
  options: ManyOptions,
  session: Session,
): Promise<Outcome> {
  const wanted = await wantedOf(action, ids, options, session)
  if (wanted === undefined) return outcomes.failed
  const house = session.house()
  const bar = session.screen.progress(action === 'replay' ? 'Replaying' : 'Discarding')
  const changed: Changed = { done: 0, gone: 0, failed: [] }
  for (let from = 0; from < wanted.length; from += idsAtOnceMax) {
    bar.at(from, wanted.length)
    const body = { ids: wanted.slice(from, from + idsAtOnceMax) }
    const said = await house.ask('POST', `${lettersPath}/${action}`, changedSchema, { body })
    changed.done += said.done
    changed.gone += said.gone
    changed.failed.push(...said.failed)
  }
  bar.end()
  say(action, changed, session)
  // One that somebody else has taken in hand meanwhile keeps none of the others.
  return changed.failed.length + changed.gone === 0 ? outcomes.done : outcomes.failed
}

/** Undefined where a person said no. */
async function wantedOf(
  action: Action,
  ids: readonly string[],
  { stage, all, yes }: ManyOptions,
  session: Session,
): Promise<readonly string[] | undefined> {
  const isMany = stage !== undefined || all === true
  if (isMany === ids.length > 0) {
    throw new UsageError(
      `Say which: newswire dead ${action} ID..., or --stage STAGE, or --all; one of them.`,
    )
  }
  if (!isMany) return ids
  const letters = await listLetters(session.house(), { stage, limit: lettersMax })
  const isSure = yes === true || letters.length === 0 || (await isMeant(action, letters, session))
  return isSure ? letters.map(({ id }) => id) : undefined
}

/** What is discarded is gone; a replay can be had again. */
async function isMeant(
  action: Action,
  letters: readonly Letter[],
  { confirm }: Session,
): Promise<boolean> {
  if (action === 'replay') return true
  const many = `${count(letters.length)} dead ${letters.length === 1 ? 'letter' : 'letters'}`
  if (confirm) return confirm(`Discard ${many} for good? [y/N] `)
  throw new UsageError(`This discards ${many} for good: say --yes if you mean it.`)
}

function say(action: Action, changed: Changed, { screen, isJson }: Session): void {
  if (isJson) {
    screen.json({ action, ...changed })
    return
  }
  const { done, gone, failed } = changed
  const theirs = done === 1 ? 'its stage' : 'their stages'
  const did = action === 'replay' ? `given to ${theirs} again` : 'discarded'
  const lettersOf = (many: number) => (many === 1 ? 'dead letter is' : 'dead letters are')
  screen.line(paint('good', `✓ ${count(done)}`), ` ${lettersOf(done)} ${did}.`)
  if (gone > 0) screen.line(paint('bad', `✗ ${count(gone)}`), ` ${lettersOf(gone)} not there.`)
  for (const { id, error } of failed) screen.line(paint('bad', `✗ ${id}`), '  ', error)
}
