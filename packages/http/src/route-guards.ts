import type { onRequestHookHandler, preHandlerHookHandler, RouteOptions } from 'fastify'
import { type Guard, rolesOf } from './guards.js'
import type { HttpServer } from './http.js'

type Hook = onRequestHookHandler | preHandlerHookHandler

/**
 * Lets each route count and check its caller before it reads the body: whoever has no key gets to
 * know that, not what is wrong with his body, and can't make us read megabytes.
 */
export function putGuardsFirst(
  server: HttpServer,
  limiters: Readonly<Record<'public' | 'sign-in', Guard>>,
): void {
  server.addHook('onRoute', (route: RouteOptions) => {
    const limit = route.config?.limit
    const first: Hook[] = limit === undefined ? [] : [limiters[limit]]
    const before = listed(route.onRequest)
    const preHandlers = listed(route.preHandler)
    const guards = preHandlers.filter((hook) => rolesOf(hook) !== undefined)
    // The HEAD twin of a GET comes with what its GET was given already.
    const added = [...first, ...guards].filter((hook) => !before.includes(hook))
    route.onRequest = [...added, ...before] as onRequestHookHandler[]
    route.preHandler = preHandlers.filter(
      (hook) => !guards.includes(hook),
    ) as preHandlerHookHandler[]
  })
}

function listed(hooks: unknown): Hook[] {
  return hooks === undefined ? [] : ([hooks].flat() as Hook[])
}
