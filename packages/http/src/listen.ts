import type { AddressInfo } from 'node:net'
import type { HttpServer } from './http.js'

/** The server can't listen; `message` is a sentence that says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

const wildcards = new Set(['0.0.0.0', '::', ''])

/** Listens and returns the address as a URL that works on this machine. Port 0 takes a free one. */
export async function listen(
  server: HttpServer,
  { host, port }: { host: string; port: number },
): Promise<string> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    throw new ListenError(sentence(error, host, port), { cause: error })
  }
  const address = server.server.address() as AddressInfo
  const shown = wildcards.has(host) ? '127.0.0.1' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${address.port}`
}

function sentence(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is taken by another program. Stop that one, or choose another port with PORT=${port + 1}.`
  }
  if (code === 'EACCES') {
    return `Port ${port} needs rights that this process does not have. Choose one above 1023 with PORT=8080.`
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is no address of this machine. Set HOST=127.0.0.1, or 0.0.0.0 for all of them.`
  }
  return `Listening on ${host}, port ${port} failed: ${error instanceof Error ? error.message : String(error)}`
}
