import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { addRoutes, Problem, publicLimit, type Routes, serveFiles } from '@newswire/http'

/** Where the build puts the window; the same from `src` and from `dist`. */
const app = new URL('../dist/app/', import.meta.url)

/** Pages that the window draws in the browser. */
const pages = [...['/', '/login', '/webhooks', '/webhooks/*'], ...['/dashboard', '/dashboard/*']]

/** Built files with an address that stays: browsers ask each time whether they still stand. */
const kept = [
  ...pages.map((path) => ({ path, file: 'index.html', type: 'text/html; charset=utf-8' })),
  { path: '/app/item.js', file: 'item.js', type: 'text/javascript; charset=utf-8' },
  // Browsers ask for it on every page of the house that names no picture of its own.
  ...['/app/newswire.svg', '/favicon.ico'].map((path) => {
    return { path, file: 'newswire.svg', type: 'image/svg+xml; charset=utf-8' }
  }),
]

interface Shell {
  readonly text: string
  readonly etag: string
}

/** The window: one shell for all of its pages, and the files that it loads. */
export function shellRoutes(): Routes {
  const shells = new Map<string, Shell>()
  return async (server) => {
    for (const { path, file, type } of kept) {
      server.get(path, { config: publicLimit }, async (request, reply) => {
        const shell = shells.get(file) ?? (await readShell(file))
        shells.set(file, shell)
        reply.header('cache-control', 'no-cache').header('etag', shell.etag)
        if (request.headers['if-none-match'] === shell.etag) return reply.code(304).send()
        return reply.type(type).send(shell.text)
      })
    }
    await addRoutes(server, async (scope) => {
      await serveFiles(scope, {
        root: fileURLToPath(new URL('assets/', app)),
        prefix: '/app/assets/',
      })
    })
  }
}

async function readShell(file: string): Promise<Shell> {
  const text = await readFile(new URL(file, app), 'utf8').catch((error: unknown) => {
    const shape = {
      ...{ status: 503, slug: 'window-not-built', title: 'The pages are not built' },
      detail: 'Run `npm run build`; feeds and the API work without it.',
    }
    throw new Problem(shape, { cause: error })
  })
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
}
