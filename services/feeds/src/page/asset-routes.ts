import type { HttpReply, Routes } from '@newswire/http'
import { script } from './script.js'
import { style } from './style.js'

/** The script and the style of the pages: `script-src 'self'` lets nothing inline run. */
export function assetRoutes(): Routes {
  const kept = (reply: HttpReply) => reply.header('cache-control', 'public, max-age=300')
  return (server) => {
    server.get('/feeds/page.js', { schema: { hide: true } }, async (_, reply) =>
      kept(reply).type('text/javascript; charset=utf-8').send(script),
    )
    server.get('/feeds/page.css', { schema: { hide: true } }, async (_, reply) =>
      kept(reply).type('text/css; charset=utf-8').send(style),
    )
  }
}
