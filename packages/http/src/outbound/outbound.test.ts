import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { quietLog } from '@newswire/kit'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { OutboundRequest } from '../http.js'
import { createOutbound, type OutboundOptions } from './outbound.js'

function outbound(options: Partial<OutboundOptions> = {}) {
  const log = quietLog().log
  const made = createOutbound({ allow: ['127.0.0.1/32'], ports: [80, 443], log, ...options })
  onTestFinished(() => made.close())
  return made
}

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void | Promise<void>

async function serve(listener: Listener): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    void listener(incoming, outgoing)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function serveTcp(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onSocket(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function get(url: string, more: Partial<OutboundRequest> = {}): OutboundRequest {
  return {
    url,
    method: 'GET',
    headers: {},
    timeoutMs: 3_000,
    answerBytesMax: 10_000,
    overflow: 'refuse',
    redirectsMax: 0,
    ...more,
  }
}

const textOf = (body: Uint8Array) => Buffer.from(body).toString('utf8')

describe('answers', () => {
  test('a POST arrives as it was sent, and its answer is read', async () => {
    const url = await serve(async (incoming, outgoing) => {
      const parts: Buffer[] = []
      for await (const part of incoming) parts.push(part as Buffer)
      const { method, url: path, headers } = incoming
      outgoing.writeHead(201, { 'x-more': 'yes' })
      outgoing.end(JSON.stringify({ method, path, headers, body: Buffer.concat(parts).toString() }))
    })
    const answer = await outbound().request(
      get(`${url}/hook?a=1#part`, { method: 'POST', headers: { 'x-id': '7' }, body: '{"ä":1}' }),
    )
    expect(answer).toMatchObject({ status: 201, truncated: false, url: `${url}/hook?a=1#part` })
    expect(answer.headers['x-more']).toBe('yes')
    expect(answer.movedTo).toBeUndefined()
    const seen = JSON.parse(textOf(answer.body))
    expect(seen).toMatchObject({ method: 'POST', path: '/hook?a=1', body: '{"ä":1}' })
    expect(seen.headers).toMatchObject({ 'x-id': '7', 'user-agent': 'Newswire' })
    expect(seen.headers['accept-encoding']).toBeUndefined()
  })

  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('%s is unpacked', async (encoding, pack) => {
    const url = await serve((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-encoding': encoding }).end(pack('a wire text'.repeat(50)))
    })
    expect(textOf((await outbound().request(get(url))).body)).toBe('a wire text'.repeat(50))
  })

  test('an answer without a body may name an encoding all the same', async () => {
    const url = await serve((incoming, outgoing) => {
      outgoing.writeHead(incoming.url === '/304' ? 304 : 200, { 'content-encoding': 'gzip' }).end()
    })
    expect((await outbound().request(get(`${url}/304`))).body).toHaveLength(0)
    expect((await outbound().request(get(url, { method: 'HEAD' }))).status).toBe(200)
  })

  test('broken and unknown encodings are errors of their own kind', async () => {
    const url = await serve((incoming, outgoing) => {
      const encoding = incoming.url === '/broken' ? 'gzip' : 'zstd'
      outgoing.writeHead(200, { 'content-encoding': encoding }).end('not packed')
    })
    const { request } = outbound()
    await expect(request(get(`${url}/broken`))).rejects.toMatchObject({ kind: 'encoding' })
    await expect(request(get(url))).rejects.toMatchObject({ kind: 'encoding' })
    for (const path of ['/broken', '/unknown']) {
      const answer = await request(get(`${url}${path}`, { overflow: 'truncate' }))
      expect(answer).toMatchObject({ status: 200, truncated: true })
      expect(answer.body).toHaveLength(0)
    }
  })
})

describe('too much', () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))

  test('a small packed answer that unfolds without end is cut off where the limit is', async () => {
    const url = await serve((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    })
    const { request } = outbound()
    const before = process.memoryUsage().arrayBuffers
    await expect(request(get(url))).rejects.toMatchObject({ kind: 'too-large' })
    const cut = await request(get(url, { overflow: 'truncate' }))
    expect(cut).toMatchObject({ status: 200, truncated: true })
    expect(cut.body).toHaveLength(10_000)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024)
  })

  test('an endless answer is cut or refused, and its connection ended', async () => {
    let ended = 0
    const url = await serve((_incoming, outgoing) => {
      outgoing.on('close', () => {
        ended += 1
      })
      const more = () => {
        while (!outgoing.destroyed && outgoing.write('x'.repeat(5_000)));
        outgoing.once('drain', more)
      }
      more()
    })
    const { request } = outbound()
    await expect(request(get(url))).rejects.toMatchObject({ kind: 'too-large' })
    expect((await request(get(url, { overflow: 'truncate' }))).body).toHaveLength(10_000)
    await expect.poll(() => ended).toBe(2)
  })

  test('an answer that announces too much is refused before it is read', async () => {
    const url = await serve((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-length': '10001' }).write('x')
    })
    await expect(outbound().request(get(url))).rejects.toMatchObject({ kind: 'too-large' })
  })

  test('an answer of exactly the limit is whole', async () => {
    const url = await serve((_incoming, outgoing) => void outgoing.end('x'.repeat(10_000)))
    const answer = await outbound().request(get(url, { overflow: 'truncate' }))
    expect(answer).toMatchObject({ truncated: false })
    expect(answer.body).toHaveLength(10_000)
  })

  test('an answer shorter than it announced is an error', async () => {
    const url = await serveTcp((socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort')
    })
    await expect(outbound().request(get(url))).rejects.toMatchObject({ kind: 'network' })
  })

  test('bytes beyond the announced length are not taken for the next answer', async () => {
    const forged = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged'
    let connections = 0
    const url = await serveTcp((socket) => {
      connections += 1
      socket.on('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ntrue${forged}`)
      })
    })
    const { request } = outbound({ connectionsPerOriginMax: 1 })
    expect(textOf((await request(get(url))).body)).toBe('true')
    expect(textOf((await request(get(url))).body)).toBe('true')
    expect(connections).toBe(2)
  })

  test('more calls than are allowed at a time fail at once', async () => {
    const url = await serve(() => undefined)
    const { request } = outbound({ requestsMax: 1 })
    const controller = new AbortController()
    const first = request(get(url, { signal: controller.signal }))
    await expect(request(get(url))).rejects.toMatchObject({ kind: 'busy' })
    controller.abort()
    await expect(first).rejects.toMatchObject({ kind: 'aborted' })
  })
})

describe('too slow', () => {
  test('an answer, a body, a connection and a name that never come all count as time', async () => {
    const silent = await serve(() => undefined)
    const trickling = await serve((_incoming, outgoing) => {
      const timer = setInterval(() => outgoing.write('x'), 20)
      outgoing.on('close', () => clearInterval(timer))
    })
    const mute = await serveTcp(() => undefined)
    const { request } = outbound()
    const noName = outbound({ resolve: () => new Promise(() => undefined), connectMsMax: 300 })
    const calls = [
      request(get(silent, { timeoutMs: 100 })),
      request(get(trickling, { timeoutMs: 100 })),
      request(get(mute.replace('http:', 'https:'), { timeoutMs: 100 })),
      noName.request(get('http://slow.example.org/', { timeoutMs: 100 })),
    ]
    for (const call of calls) {
      await expect(call).rejects.toMatchObject({
        kind: 'timeout',
        message: expect.stringContaining('did not answer within 100 ms'),
      })
    }
  })

  test('a call that was given up while it waited for a connection is never sent', async () => {
    let seen = 0
    let resolveName: (addresses: string[]) => void = () => undefined
    const url = new URL(
      await serve((_incoming, outgoing) => {
        seen += 1
        outgoing.end()
      }),
    )
    const held = new Promise<string[]>((done) => {
      resolveName = done
    })
    const resolve = () => held
    const { request } = outbound({ resolve, connectionsPerOriginMax: 1 })
    const named = `http://late.example.org:${url.port}/`
    await expect(request(get(named, { timeoutMs: 50 }))).rejects.toMatchObject({ kind: 'timeout' })
    const second = request(get(named))
    resolveName(['127.0.0.1'])
    expect((await second).status).toBe(200)
    expect(seen).toBe(1)
  })

  test('a signal that has come already ends the call before anything is sent', async () => {
    let seen = 0
    const url = await serve((_incoming, outgoing) => {
      seen += 1
      outgoing.end()
    })
    const call = outbound().request(get(url, { signal: AbortSignal.abort() }))
    await expect(call).rejects.toMatchObject({ kind: 'aborted' })
    expect(seen).toBe(0)
  })
})

describe('redirects', () => {
  const plan: Record<string, [number, string]> = {
    '/moved': [301, '/moved-again'],
    '/moved-again': [308, '/end'],
    '/found': [302, '/moved-again'],
    '/moved-then-found': [301, '/found'],
    '/see-other': [303, '/end'],
    '/keep': [307, '/end'],
    '/loop': [302, '/loop'],
    '/inside': [302, 'http://127.0.0.2/'],
    '/metadata': [302, 'http://169.254.169.254/latest'],
    '/file': [302, 'file:///etc/passwd'],
    '/broken': [302, 'http://['],
  }

  async function wire() {
    return serve(async (incoming, outgoing) => {
      const parts: Buffer[] = []
      for await (const part of incoming) parts.push(part as Buffer)
      const [status, location] = plan[incoming.url ?? ''] ?? [200, '']
      outgoing.writeHead(status, location === '' ? {} : { location })
      const { method, headers } = incoming
      outgoing.end(JSON.stringify({ method, headers, body: Buffer.concat(parts).toString() }))
    })
  }

  test('with none allowed, the redirect is the answer', async () => {
    const url = await wire()
    const answer = await outbound().request(get(`${url}/moved`))
    expect(answer).toMatchObject({ status: 301, url: `${url}/moved` })
    expect(answer.headers['location']).toBe('/moved-again')
  })

  test('permanent moves are told, up to the first hop that is not permanent', async () => {
    const url = await wire()
    const call = (path: string) => outbound().request(get(`${url}${path}`, { redirectsMax: 5 }))
    expect(await call('/moved')).toMatchObject({ url: `${url}/end`, movedTo: `${url}/end` })
    expect((await call('/found')).movedTo).toBeUndefined()
    expect(await call('/moved-then-found')).toMatchObject({
      url: `${url}/end`,
      movedTo: `${url}/found`,
    })
  })

  test('303, 301 and 302 turn a POST into a GET, 307 keeps it', async () => {
    const url = await wire()
    const post = async (path: string) => {
      const headers = { 'content-type': 'text/plain', 'x-id': '7' }
      const call = get(url + path, { method: 'POST', headers, body: 'text', redirectsMax: 3 })
      return JSON.parse(textOf((await outbound().request(call)).body))
    }
    for (const path of ['/see-other', '/found']) {
      const seen = await post(path)
      expect(seen).toMatchObject({ method: 'GET', body: '' })
      expect(seen.headers['content-type']).toBeUndefined()
      expect(seen.headers['x-id']).toBe('7')
    }
    expect(await post('/keep')).toMatchObject({ method: 'POST', body: 'text' })
  })

  test('each hop is checked as if it were the first', async () => {
    const url = await wire()
    const call = (path: string) => outbound().request(get(url + path, { redirectsMax: 5 }))
    for (const path of ['/inside', '/metadata', '/file']) {
      await expect(call(path)).rejects.toMatchObject({ name: 'OutboundRefusedError' })
    }
    await expect(call('/broken')).rejects.toMatchObject({ kind: 'redirects' })
    await expect(call('/loop')).rejects.toThrow('redirects more than 5 times')
  })

  test('a key for one origin is not shown to the next', async () => {
    const second = await wire()
    const first = await serve((_incoming, outgoing) => {
      outgoing.writeHead(307, { location: `${second}/end` }).end()
    })
    const headers = { authorization: 'Bearer x', cookie: 'a=b', 'x-id': '7' }
    const answer = await outbound().request(get(first, { headers, redirectsMax: 1 }))
    const seen = JSON.parse(textOf(answer.body)).headers
    expect(seen).toMatchObject({ 'x-id': '7' })
    expect(seen.authorization ?? seen.cookie).toBeUndefined()
  })
})

describe('connections', () => {
  test('they are kept and used again, at most so many to one origin', async () => {
    const ports = new Set<number>()
    let atOnce = 0
    let atOnceMax = 0
    const url = await serve((incoming, outgoing) => {
      ports.add(incoming.socket.remotePort ?? 0)
      atOnce += 1
      atOnceMax = Math.max(atOnceMax, atOnce)
      setImmediate(() => {
        atOnce -= 1
        outgoing.end()
      })
    })
    const { request } = outbound({ connectionsPerOriginMax: 4 })
    await Promise.all(Array.from({ length: 200 }, () => request(get(url))))
    expect(ports.size).toBeLessThanOrEqual(4)
    expect(atOnceMax).toBeLessThanOrEqual(4)
  })

  test('a port where nobody listens is a network error with its code', async () => {
    const call = outbound().request(get('http://127.0.0.1:1/'))
    await expect(call).rejects.toMatchObject({
      kind: 'network',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })

  test('close ends the calls that are under way', async () => {
    const url = await serve(() => undefined)
    const { request, close } = outbound()
    const call = request(get(url))
    const ended = expect(call).rejects.toMatchObject({ kind: 'aborted' })
    await close()
    await ended
  })
})
