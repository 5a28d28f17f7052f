import {
  formBody,
  type HttpReply,
  type HttpRequest,
  type KeyRing,
  localPath,
  publicLimit,
  type Routes,
  requireSameOrigin,
  requireSession,
  signIn,
  signInLimit,
  signOut,
} from '@newswire/http'
import { type OverviewOptions, readOverview } from './overview.js'
import { frontPage, loginPage } from './pages/front-page.js'
import { overviewPage } from './pages/overview-page.js'
import { style } from './pages/style.js'

export interface PageRoutesOptions extends OverviewOptions {
  readonly keyRing: KeyRing
  readonly publicUrl: string
}

/** The pages for people: `/`, `/login`, `/dashboard`. */
export function pageRoutes(options: PageRoutesOptions): Routes {
  async function login(request: HttpRequest, reply: HttpReply): Promise<HttpReply> {
    const form = (request.body ?? {}) as Record<string, unknown>
    const next = localPath(form['next'])
    const caller = await options.keyRing.find(String(form['key'] ?? '').trim())
    if (!caller) {
      const page = loginPage(next, 'This key is not known here. Check it for missing characters.')
      return html(reply).code(401).send(page)
    }
    signIn(reply, caller)
    return reply.redirect(next, 303)
  }

  return async (server) => {
    await formBody(server)
    server.get('/', { config: publicLimit }, async (_, reply) =>
      html(reply).send(frontPage(options.publicUrl)),
    )
    server.get('/newswire.css', async (_, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=300').send(style),
    )
    server.get('/login', async (request, reply) => {
      const { next } = request.query as { next?: unknown }
      return html(reply).send(loginPage(localPath(next)))
    })
    server.post('/login', { config: signInLimit, preHandler: requireSameOrigin() }, login)
    server.post('/logout', { preHandler: requireSameOrigin() }, async (_, reply) => {
      signOut(reply)
      return reply.redirect('/', 303)
    })
    server.get('/dashboard', { preHandler: requireSession('admin') }, async (_, reply) =>
      html(reply).send(overviewPage(await readOverview(options))),
    )
  }
}

function html(reply: HttpReply): HttpReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store')
}
