import type { HttpServer, Routes } from './http.js'

/** Hangs a room's routes up, in a scope of their own: its parsers and hooks end there. */
export async function addRoutes(server: HttpServer, routes: Routes): Promise<void> {
  // The scope itself is a thenable: handed on by a promise it would turn into the outer server.
  await server.register((scope, _options, done) => {
    const hung = async () => routes(scope)
    hung().then(() => done(), done)
  })
}
