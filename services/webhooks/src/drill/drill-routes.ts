import { changeRow, type Register, WrongSequenceError } from '@newswire/bus'
import { callerOf, type HttpServer, Problem, requireRole } from '@newswire/http'
import type { SecretBox } from '@newswire/runtime'
import { requireCalls } from '../onto-bus/subscription.js'
import { pathParams, text } from '../registry/answers.js'
import type { WebhookAudit } from '../registry/audit.js'
import type { Registry } from '../registry/registry.js'
import { openedWebhook } from '../registry/sealed.js'
import type { WebhookRow } from '../registry/webhook-row.js'
import type { ReplayRow } from '../replay/replay-row.js'
import { drillStepNames } from './drill-steps.js'
import { type DrillOptions, type DrillReport, runDrill } from './run-drill.js'

export interface DrillRoutesOptions extends DrillOptions {
  readonly registry: Registry
  readonly replays: Register<ReplayRow>
  readonly secrets: SecretBox
  readonly audit: WebhookAudit
}

const count = { type: 'integer' } as const
const report = {
  type: 'object',
  properties: {
    item: { ...text, description: 'Id of the drill’s item, which is no real one.' },
    steps: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          step: { type: 'string', enum: drillStepNames },
          sent: text,
          expected: text,
          status: { type: ['integer', 'null'] },
          latencyMs: { type: ['number', 'null'] },
          verdict: { type: 'string', enum: ['right', 'wrong', 'undecidable'] },
          advice: text,
        },
      },
    },
    summary: {
      type: 'object',
      properties: { passed: count, failed: count, undecidable: count },
    },
  },
} as const

/** The fire drill: what a receiver does right, found out before it matters. */
export function addDrill(server: HttpServer, options: DrillRoutesOptions): void {
  const { registry, secrets, audit } = options
  server.post(
    '/api/v1/webhooks/:id/drill',
    {
      preHandler: requireRole('subscriber'),
      schema: {
        tags: ['webhooks'],
        summary: 'Plays the life of a test item at a webhook and tells what its receiver did right',
        params: pathParams('id'),
        response: { 200: report },
      },
    },
    async (request) => {
      const row = await registry.get((request.params as { id: string }).id, callerOf(request))
      requireCalls(row, 'A fire drill')
      requireVerified(row)
      await audit(request, 'webhook.drill', row.id)
      const webhook = openedWebhook(row, secrets)
      const told = await alone(options, row.id, () => runDrill(options, webhook))
      request.log.info({ endpoint: row.id, ...told.summary }, 'fire drill played')
      return told
    },
  )
}

/** An address that has not answered its challenge may be anyone's. */
function requireVerified({ status }: WebhookRow): void {
  if (status === 'active' || status === 'paused') return
  throw new Problem({
    status: 409,
    slug: 'webhook-not-verified',
    title: 'The webhook is not verified',
    detail: `It is ${status}: a drill is played at verified addresses only. Let its endpoint answer webhook.verify with the challenge first.`,
  })
}

/** One drill at a time for each endpoint, over all processes; a dead one's place gets free. */
async function alone(
  { replays, clock, limits }: DrillRoutesOptions,
  endpoint: string,
  act: () => Promise<DrillReport>,
): Promise<DrillReport> {
  const now = clock.now().getTime()
  const drillUntil = new Date(now + limits.drillMsMax).toISOString()
  await changeRow(replays, endpoint, (row) => {
    if (row?.drillUntil !== undefined && Date.parse(row.drillUntil) > now) throw running()
    return { replays: [], ...row, endpoint, drillUntil }
  }).catch((error: unknown) => {
    throw error instanceof WrongSequenceError ? running() : error
  })
  try {
    return await act()
  } finally {
    await changeRow(replays, endpoint, (row) => {
      if (row?.drillUntil !== drillUntil) return undefined
      const { drillUntil: _, ...rest } = row
      return rest
    })
  }
}

function running(): Problem {
  return new Problem({
    status: 409,
    slug: 'drill-running',
    title: 'A drill of this webhook is running',
    detail: 'Wait for its report; it takes a minute at most.',
    headers: { 'retry-after': '60' },
  })
}
