import { z } from 'zod'
import { count, type Painted, paint } from '../screen/index.js'
import { type Outcome, outcomes, type Session } from '../session.js'
import { pathOf } from './endpoint.js'

const testSchema = z.looseObject({
  delivered: z.boolean(),
  status: z.number().nullish(),
  latencyMs: z.number().nullish(),
  answer: z.string().nullish(),
  error: z.string().nullish(),
})

/** Sends one signed call; the exit code says whether the receiver took it. */
export async function testWebhook(id: string, session: Session): Promise<Outcome> {
  const said = await session.house().ask('POST', pathOf(id, 'test'), testSchema)
  if (session.isJson) session.screen.json(said)
  else sayTest(said, session)
  return said.delivered ? outcomes.done : outcomes.failed
}

function sayTest(said: z.output<typeof testSchema>, { screen }: Session): void {
  const { delivered, status, latencyMs, answer, error } = said
  const mark = delivered ? paint('good', '✓ delivered') : paint('bad', '✗ not delivered')
  const took = typeof latencyMs === 'number' ? `  ${Math.round(latencyMs)} ms` : ''
  screen.line(mark, status ? `  ${status}` : '', took, error ? `  ${error}` : '')
  if (answer) screen.line(paint('dim', 'answer  '), answer)
}

const drillSchema = z.looseObject({
  steps: z.array(
    z.looseObject({
      step: z.string(),
      sent: z.string().nullish(),
      expected: z.string().nullish(),
      status: z.number().nullish(),
      latencyMs: z.number().nullish(),
      verdict: z.string(),
      advice: z.string().nullish(),
    }),
  ),
  summary: z.looseObject({ passed: z.number(), failed: z.number(), undecidable: z.number() }),
})
/** Seven calls, each of which may take its 15 seconds. */
const drillWithinMs = 180_000

const verdicts: Readonly<Record<string, Painted>> = {
  right: paint('good', '✓ right'),
  wrong: paint('bad', '✗ wrong'),
  undecidable: paint('odd', '? open'),
}

/** Plays the life of a test item; the exit code says whether the receiver did all of it right. */
export async function drillWebhook(id: string, session: Session): Promise<Outcome> {
  const { screen, isJson } = session
  const path = pathOf(id, 'drill')
  const said = await session.house().ask('POST', path, drillSchema, { withinMs: drillWithinMs })
  const { steps, summary } = said
  if (isJson) screen.json(said)
  else {
    screen.table(
      [
        ...[{ title: 'verdict' }, { title: 'step' }],
        ...[
          { title: 'answer', align: 'right' as const },
          { title: 'ms', align: 'right' as const },
        ],
        { title: 'expected', isElastic: true },
      ],
      steps.map(({ verdict, step, status, latencyMs, expected }) => [
        verdicts[verdict] ?? verdict,
        step,
        status ?? '–',
        typeof latencyMs === 'number' ? Math.round(latencyMs) : '–',
        expected ?? '',
      ]),
    )
    for (const { step, verdict, advice } of steps) {
      if (verdict !== 'right' && advice) screen.line(paint('strong', `${step}: `), advice)
    }
    const { passed, failed, undecidable } = summary
    screen.line(`${count(passed)} right, ${count(failed)} wrong, ${count(undecidable)} open.`)
  }
  return summary.failed === 0 ? outcomes.done : outcomes.failed
}
