import type { Metrics } from '@newswire/runtime'
import { requireRole } from './guards.js'
import type { HttpServer } from './http.js'
import { isLoopback, publicLimit } from './rate-limit.js'

/** Whether the house can do its work, and what stands in the way. */
export interface Health {
  readonly ready: boolean
  readonly parts: Readonly<Record<string, { readonly ok: boolean; readonly say?: string }>>
}

const metricsMediaType = 'text/plain; version=0.0.4; charset=utf-8'

export function addStatusRoutes(
  server: HttpServer,
  { metrics, health }: { metrics: Metrics; health: () => Promise<Health> },
): void {
  const { healthMsMax } = server.house.limits
  const schema = { summary: 'Whether the server is ready, with each of its parts' }
  server.get('/health', { config: publicLimit, schema }, async (_request, reply) => {
    const state = await inTime(health, healthMsMax)
    const down = Object.entries(state.parts).filter(([, { ok }]) => !ok)
    const answer = state.ready ? state : { ...state, down: down.map(([name]) => name) }
    return reply
      .code(state.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(answer)
  })

  const requireAdmin = requireRole('admin')
  server.get('/metrics', async (request, reply) => {
    // A scraper on this machine needs no key; from elsewhere the numbers are the admin's.
    if (!isLoopback(request.ip)) await requireAdmin(request, reply)
    return reply.type(metricsMediaType).send(await metrics.text())
  })
}

async function inTime(health: () => Promise<Health>, msMax: number): Promise<Health> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<Health>((resolve) => {
    const say = `did not answer within ${msMax} ms`
    timer = setTimeout(
      () => resolve({ ready: false, parts: { health: { ok: false, say } } }),
      msMax,
    )
  })
  try {
    return await Promise.race([health(), tooLate])
  } finally {
    clearTimeout(timer)
  }
}
