import fastifyStatic from '@fastify/static'
import type { HttpServer } from './http.js'

export interface FilesOptions {
  /** The folder, as an absolute path. */
  readonly root: string
  /** The address below which it is served, with a slash at both ends. */
  readonly prefix: string
}

/**
 * Serves built files whose names change with their content, so that everybody may keep them for a
 * year. Where a file has a packed twin (`.br`, `.gz`), whoever takes it gets that one.
 */
export async function serveFiles(
  server: HttpServer,
  { root, prefix }: FilesOptions,
): Promise<void> {
  await server.register(fastifyStatic, {
    ...{ root, prefix, index: false, decorateReply: false },
    ...{ preCompressed: true, immutable: true, maxAge: '365d' },
    setHeaders: (reply) => void reply.header('vary', 'accept-encoding'),
  })
}
