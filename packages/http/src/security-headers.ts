import { hasCaller } from './guards.js'
import type { HttpServer } from './http.js'

const policyHeader = 'content-security-policy'

/** What pages may do unless their scope says otherwise: everything from here, nothing inline. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  // The queue board stands within a page of the window.
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Another policy for the routes of a scope; a handler may still set the header itself. */
export function useContentSecurityPolicy(server: HttpServer, policy: string): void {
  server.addHook('onRequest', async (_request, reply) => {
    reply.header(policyHeader, policy)
  })
}

export function addSecurityHeaders(server: HttpServer): void {
  server.addHook('onSend', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    if (!reply.hasHeader('referrer-policy')) reply.header('referrer-policy', 'same-origin')
    if (!reply.hasHeader(policyHeader)) reply.header(policyHeader, pagePolicy)
    // What somebody sees by key or session is for nobody else, no proxy either.
    const isPersonal = hasCaller(request) && !reply.hasHeader('cache-control')
    if (isPersonal) reply.header('cache-control', 'no-store')
    reply.header('x-request-id', request.id)
  })
}
