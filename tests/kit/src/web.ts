import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came in; the body is UTF-8 text, byte for byte what was signed. */
export interface SeenRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly at: Date
}

export interface Reply {
  /** Default 200. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Waits before the answer begins. */
  readonly delayMs?: number
  /** Never answers; the connection stays open until the other side or the test ends it. */
  readonly hang?: boolean
  /** Hangs up behind so many bytes of the body, though the headers promise all of it. */
  readonly cutAfterBytes?: number
  /** Falls silent behind so many bytes of the body; the connection stays open. */
  readonly holdAfterBytes?: number
  /** Sent behind the body again and again, until the other side hangs up. */
  readonly endless?: Buffer
}

export interface TestWeb {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/** An HTTP server on a free port of `host` that asks `reply` for each answer. */
export async function startWeb(
  reply: (request: SeenRequest) => Reply | Promise<Reply>,
  host = '127.0.0.1',
): Promise<TestWeb> {
  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of incoming) parts.push(part as Buffer)
    const seen: SeenRequest = {
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      headers: incoming.headers,
      body: Buffer.concat(parts).toString('utf8'),
      at: new Date(),
    }
    send(outgoing, await answerOrExplain(reply, seen))
  }
  const server = createServer((incoming, outgoing) => {
    // Fails only if the other side hangs up while it sends.
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  server.unref()
  const { port } = server.address() as AddressInfo
  async function stop(): Promise<void> {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://${host}:${port}`, port, stop }
}

async function answerOrExplain(
  reply: (request: SeenRequest) => Reply | Promise<Reply>,
  seen: SeenRequest,
): Promise<Reply> {
  try {
    return await reply(seen)
  } catch (error) {
    return { status: 500, body: `The test's own answer failed: ${String(error)}` }
  }
}

function send(outgoing: ServerResponse, reply: Reply): void {
  if (reply.hang) return
  if (!reply.delayMs) {
    write(outgoing, reply)
    return
  }
  const timer = setTimeout(() => write(outgoing, reply), reply.delayMs)
  outgoing.once('close', () => clearTimeout(timer))
}

function write(outgoing: ServerResponse, reply: Reply): void {
  const { status, headers, body, cutAfterBytes, holdAfterBytes, endless } = reply
  const some = cutAfterBytes ?? holdAfterBytes
  if (some !== undefined) {
    const whole = Buffer.from(body ?? '')
    outgoing.writeHead(status ?? 200, { 'content-length': String(whole.length), ...headers })
    const isCut = cutAfterBytes !== undefined
    outgoing.write(whole.subarray(0, some), () => isCut && outgoing.destroy())
    return
  }
  outgoing.writeHead(status ?? 200, headers)
  if (endless === undefined) outgoing.end(body)
  else pour(outgoing, Buffer.from(body ?? ''), endless)
}

/** As fast as the other side takes it, and no faster. */
function pour(outgoing: ServerResponse, head: Buffer, again: Buffer): void {
  outgoing.write(head)
  const more = () => {
    while (!outgoing.destroyed && outgoing.write(again));
  }
  outgoing.on('drain', more)
  more()
}
