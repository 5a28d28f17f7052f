import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestServer } from '@newswire/kit'

/** The moment of one publish at which the process behind the tap is killed. */
export interface Moment {
  /** Of the publish: `item.raw.…`, `$KV.positions.…`, `$JS.ACK.RAW.…`. */
  readonly subject: RegExp
  /** Counts the publishes that fit, from 1. */
  readonly nth?: number
  /**
   * `before`: the server never gets it. `after`: it is stored, and its sender never learns that.
   */
  readonly when: 'before' | 'after'
}

/** A NATS server as one process sees it, through a wire that can be cut at an exact publish. */
export interface NatsTap extends AsyncDisposable {
  readonly url: string
  /** At the moment the wire falls silent in both directions; resolves then. One at a time. */
  reach(moment: Moment): Promise<void>
}

/**
 * Between one process and its NATS server. Reads the client's half of the protocol and nothing of
 * what is in a message. Connections that were made before the wire fell silent stay silent.
 */
export async function startNatsTap({ port }: TestServer): Promise<NatsTap> {
  let watch: Watch | undefined
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      // The other end of a killed process: its half is closed below.
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    join(client, upstream, (publish) => watch?.see(publish))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  return {
    url: `nats://127.0.0.1:${address.port}`,
    reach: (moment) =>
      new Promise((resolve) => {
        watch = watchFor(moment, () => {
          watch = undefined
          resolve()
        })
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Publish {
  readonly subject: string
  /** Where the server answers. */
  readonly reply: string | undefined
}

/** What becomes of the wire with this publish. */
type Cut = { readonly when: Moment['when']; readonly onCut: () => void } | undefined

interface Watch {
  see(publish: Publish): Cut
}

function watchFor({ subject, nth = 1, when }: Moment, onCut: () => void): Watch {
  let left = nth
  return {
    see(publish) {
      if (left === 0 || !subject.test(publish.subject)) return undefined
      left -= 1
      return left === 0 ? { when, onCut } : undefined
    },
  }
}

function join(client: Socket, upstream: Socket, see: (publish: Publish) => Cut): void {
  let waiting = Buffer.alloc(0)
  let isSilent = false
  /** Set where the answer to a publish is the moment. */
  let awaited: { reply: string; onCut: () => void } | undefined
  upstream.on('data', (part) => {
    if (awaited && part.includes(awaited.reply)) {
      isSilent = true
      awaited.onCut()
      awaited = undefined
    }
    if (!isSilent) client.write(part)
  })
  /** Hands one operation on; false where the wire is cut at it. */
  function pass({ length, publish }: Operation): boolean {
    const cut = publish && see(publish)
    if (cut?.when === 'before') {
      isSilent = true
      cut.onCut()
      return false
    }
    upstream.write(waiting.subarray(0, length))
    waiting = waiting.subarray(length)
    if (!cut) return true
    if (publish?.reply === undefined) throw new Error('Only a publish with an answer has an after.')
    awaited = { reply: publish.reply, onCut: cut.onCut }
    return false
  }
  client.on('data', (part) => {
    if (isSilent || awaited) return
    waiting = Buffer.concat([waiting, part])
    let next = operationIn(waiting)
    while (next && pass(next)) next = operationIn(waiting)
  })
}

interface Operation {
  readonly length: number
  readonly publish?: Publish
}

/**
 * The first whole operation: `PUB <subject> [reply] <bytes>`, `HPUB <subject> [reply] <bytes>
 * <bytes>`, each followed by its payload; or a line of any other kind.
 */
function operationIn(data: Buffer): Operation | undefined {
  const end = data.indexOf('\r\n')
  if (end < 0) return undefined
  const words = data.subarray(0, end).toString('latin1').split(/\s+/)
  const verb = words[0]?.toUpperCase()
  const lineLength = end + 2
  if (verb !== 'PUB' && verb !== 'HPUB') return { length: lineLength }
  const sizes = verb === 'PUB' ? 1 : 2
  const length = lineLength + Number(words.at(-1)) + 2
  if (data.length < length) return undefined
  const reply = words.length === 2 + sizes ? undefined : words[2]
  return { length, publish: { subject: words[1] ?? '', reply } }
}
