import type { Metrics } from '@newswire/runtime'
import type { HttpServer } from './http.js'

const bucketsSeconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]

/** Counts and times requests by route pattern: a real address may name what nobody may see yet. */
export function observeRequests(server: HttpServer, metrics: Metrics): void {
  const seconds = metrics.histogram({
    name: 'newswire_http_request_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labels: ['method', 'route', 'status'],
    buckets: bucketsSeconds,
  })
  server.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const route = request.routeOptions.url ?? 'none'
    const status = reply.statusCode
    // An invented method would be a label of its own.
    const known = route === 'none' ? 'any' : method
    seconds.observe(reply.elapsedTime / 1_000, { method: known, route, status: String(status) })
    request.log.debug(
      { method, route, status, ms: Math.round(reply.elapsedTime) },
      'request answered',
    )
  })
}
