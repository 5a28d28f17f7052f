import type { HttpRequest } from './http.js'
import { Problem } from './problem.js'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a state-changing request that another site may have made the browser send. A cookie comes
 * along by itself, so a request that stands on one must show where it was made. SameSite=Strict
 * alone does not tell a neighbour on another port or subdomain apart.
 */
export function checkSameOrigin(request: HttpRequest): void {
  if (safeMethods.has(request.method) || isSameOrigin(request)) return
  throw new Problem({
    status: 403,
    slug: 'cross-origin',
    title: 'The request comes from another site',
    detail: 'Send it from a page of this server, or with an Authorization: Bearer header.',
  })
}

function isSameOrigin({ headers, host, server }: HttpRequest): boolean {
  const site = headers['sec-fetch-site']
  // Set by the browser, out of reach for pages; the only one that is right behind any proxy.
  if (typeof site === 'string') return site === 'same-origin'
  const { origin = '' } = headers
  if (!URL.canParse(origin)) return false
  const { protocol } = new URL(origin)
  // A proxy may end TLS or change the Host: the scheme can't be compared, the public address can.
  return [`${protocol}//${host}`, server.house.publicUrl].some((own) => originOf(own) === origin)
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined
}
