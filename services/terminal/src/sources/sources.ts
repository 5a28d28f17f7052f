import { z } from 'zod'
import { type Painted, paint, relative, type Style } from '../screen/index.js'
import { type Outcome, outcomes, type Session } from '../session.js'

const sourceSchema = z.looseObject({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  url: z.string(),
  wire: z.string(),
  enabled: z.boolean().nullish(),
  state: z.string(),
  reason: z.string().nullish(),
  nextPollAt: z.string().nullish(),
  lastItemAt: z.string().nullish(),
})
type Source = z.output<typeof sourceSchema>

const listSchema = z.looseObject({ items: z.array(sourceSchema) })
const path = '/api/v1/sources'
const pathOf = (id: string) => `${path}/${encodeURIComponent(id)}`

const marks: Readonly<Record<string, readonly [mark: string, style: Style]>> = {
  ok: ['●', 'good'],
  waiting: ['…', 'dim'],
  failing: ['✗', 'bad'],
  silent: ['○', 'odd'],
  gone: ['✗', 'bad'],
  disabled: ['‖', 'dim'],
}

function stateOf({ state }: Source): Painted {
  const [mark, style] = marks[state] ?? ['?', 'odd']
  return paint(style, `${mark} ${state}`)
}

export async function listSources(session: Session): Promise<Outcome> {
  const { screen, isJson, now } = session
  const { items } = await session.house().ask('GET', path, listSchema)
  if (isJson) screen.json({ items })
  else if (items.length === 0) {
    screen.line('No source stands. Add one: newswire sources add https://example.org/press.rss')
  } else {
    const rows = items.map((source) => [
      stateOf(source),
      paint('strong', source.name),
      source.wire,
      relative(source.lastItemAt, now()),
      relative(source.nextPollAt, now()),
      source.state === 'ok' ? '' : (source.reason ?? ''),
      paint('accent', source.id),
    ])
    screen.table(
      [
        ...[
          { title: 'state' },
          { title: 'name', isElastic: true },
          { title: 'wire', isExtra: true },
        ],
        ...[{ title: 'last item', isExtra: true }, { title: 'next poll' }],
        ...[
          { title: 'why', isElastic: true },
          { title: 'id', isWhole: true },
        ],
      ],
      rows,
    )
  }
  return outcomes.done
}

const nameColumns = 11

export async function showSource(id: string, session: Session): Promise<Outcome> {
  return told(await session.house().ask('GET', pathOf(id), sourceSchema), session)
}

function told(source: Source, { screen, isJson, now }: Session): Outcome {
  if (isJson) {
    screen.json(source)
    return outcomes.done
  }
  const rows = [
    ['id', paint('accent', source.id)],
    ['name', paint('strong', source.name)],
    ['state', stateOf(source)],
    ['why', source.reason ?? ''],
    ['kind', source.kind],
    ['url', source.url],
    ['wire', source.wire],
    ['last item', relative(source.lastItemAt, now())],
    ['next poll', relative(source.nextPollAt, now())],
  ] as const
  for (const [name, says] of rows) screen.line(paint('dim', name.padEnd(nameColumns)), says)
  return outcomes.done
}

export interface AddSourceOptions {
  readonly kind: string
  readonly wire?: string
  readonly name?: string
  readonly every?: number
  readonly rights?: string
  readonly sourceKey?: string
}

export async function addSource(
  url: string,
  { kind, wire, name, every, rights, sourceKey }: AddSourceOptions,
  session: Session,
): Promise<Outcome> {
  const fields = { kind, url, wire, name, rights, intervalSeconds: every, key: sourceKey }
  const body = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return told(await session.house().ask('POST', path, sourceSchema, { body }), session)
}

export async function setEnabled(id: string, enabled: boolean, session: Session): Promise<Outcome> {
  const body = { enabled }
  return told(await session.house().ask('PATCH', pathOf(id), sourceSchema, { body }), session)
}

export async function deleteSource(id: string, session: Session): Promise<Outcome> {
  await session.house().ask('DELETE', pathOf(id), z.unknown())
  if (session.isJson) session.screen.json({ id, deleted: true })
  else session.screen.line('The source ', paint('accent', id), ' is deleted; its items stay.')
  return outcomes.done
}

const pollSchema = z.looseObject({
  result: z.string(),
  published: z.number(),
  error: z.string().nullish(),
  nextPollAt: z.string().nullish(),
})
const pollWithinMs = 120_000

/** Polls now; the exit code says whether the source answered. */
export async function pollSource(id: string, session: Session): Promise<Outcome> {
  const { screen, isJson, now } = session
  const request = { withinMs: pollWithinMs }
  const said = await session.house().ask('POST', `${pathOf(id)}/poll`, pollSchema, request)
  const { result, published, error, nextPollAt } = said
  if (isJson) screen.json(said)
  else {
    const mark = error ? paint('bad', `✗ ${result}`) : paint('good', `✓ ${result}`)
    const next = nextPollAt ? `  Next poll ${relative(nextPollAt, now())}.` : ''
    screen.line(mark, `  ${published} taken in.`, error ? `  ${error}` : '', next)
  }
  return error ? outcomes.failed : outcomes.done
}
