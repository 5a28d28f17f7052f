import formbody from '@fastify/formbody'
import type { HttpServer } from './http.js'

const formMediaType = 'application/x-www-form-urlencoded'

/**
 * Takes bodies of these media types as a Buffer, in this scope and those inside it. The bytes come
 * as they were sent: the charset is in the request's content-type and is the room's to read.
 */
export function rawBody(server: HttpServer, types: readonly string[]): void {
  for (const type of types) {
    server.house.mediaTypes.add(type)
    server.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body)
    })
  }
}

/** Takes the bodies of HTML forms, in this scope and those inside it. */
export async function formBody(server: HttpServer): Promise<void> {
  server.house.mediaTypes.add(formMediaType)
  await server.register(formbody)
}
