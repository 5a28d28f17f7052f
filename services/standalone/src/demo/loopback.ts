import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly path: string
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly type?: string
  readonly body?: string
  /** Waits before it is given. */
  readonly delayMs?: number
}

export interface Loopback {
  /** Without a slash at the end. */
  readonly url: string
  stop(): Promise<void>
}

const bodyBytesMax = 8 * 1024 * 1024

/** A web server on a free port of 127.0.0.1. */
export async function startLoopback(answer: (asked: Asked) => Answer): Promise<Loopback> {
  const server = createServer((incoming, outgoing) => {
    // Fails only where the caller hangs up: nobody is there to be told.
    serve(incoming, outgoing, answer).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (asked: Asked) => Answer,
): Promise<void> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of incoming) {
    bytes += (part as Buffer).length
    if (bytes > bodyBytesMax) throw new RangeError('The body is too large.')
    parts.push(part as Buffer)
  }
  const body = Buffer.concat(parts).toString('utf8')
  const { status, type, body: text, delayMs = 0 } = answer({ path: incoming.url ?? '/', body })
  const timer = setTimeout(() => {
    outgoing.writeHead(status, type === undefined ? {} : { 'content-type': type })
    outgoing.end(text)
  }, delayMs)
  outgoing.once('close', () => clearTimeout(timer))
}
