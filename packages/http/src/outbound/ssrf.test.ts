import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { createServer as createWeb } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { quietLog } from '@newswire/kit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createOutbound, type OutboundOptions } from './outbound.js'

/*
 * A trap listens on this machine, on a port that may be called: nothing but the guard stands
 * between it and every way to write its address.
 */
interface Trap {
  readonly port: number
  /** Connections that anybody has opened. */
  count(): number
}

async function startTrap(): Promise<Trap> {
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\nowned')
  })
  await listen(server, '::').catch(() => listen(server, '0.0.0.0'))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, count: () => connections }
}

async function listen(server: Server, host: string): Promise<void> {
  server.listen(0, host)
  await once(server, 'listening')
}

function outbound(options: Partial<OutboundOptions>) {
  const made = createOutbound({ allow: [], ports: [80, 443], log: quietLog().log, ...options })
  onTestFinished(() => made.close())
  return made
}

function post(url: string, redirectsMax = 0) {
  return {
    url,
    method: 'POST',
    headers: {},
    body: '{}',
    timeoutMs: 2_000,
    answerBytesMax: 1_000,
    overflow: 'truncate',
    redirectsMax,
  } as const
}

/** Ways to say 127.0.0.1, ::1 or "this machine": each of them reaches the trap without a guard. */
const thisMachine = [
  ...['127.0.0.1', '127.0.0.2', '127.1', '127.0.1', '127.255.255.254', '127.0.0.1.', '127.1.'],
  ...['2130706433', '017700000001', '0x7f000001', '0x7F000001', '0x7f.1', '0177.1', '0x7f.0.1'],
  ...['0177.0.0.1', '0x7f.0x0.0x0.0x1', '0177.0000.0000.0001', '00000177.0.0.1', '127.0x1'],
  ...['0', '0.0.0.0', '0x0', '00', '0.0', '0.0.0'],
  ...[
    '%31%32%37.0.0.1',
    '１２７.０.０.１',
    '①②⑦.0.0.1',
    '127。0。0。1',
    '１２７。１',
    '127．0．0．1',
  ],
  ...['0x７f.1', 'localhost', 'LOCALHOST', 'localhost.', 'ｌｏｃａｌｈｏｓｔ', 'lo\u00adcalhost'],
  ...['[::1]', '[0:0:0:0:0:0:0:1]', '[0000::0001]', '[::0:1]', '[::]', '[0::0]'],
  ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::FFFF:127.0.0.2]', '[0:0:0:0:0:ffff:7f00:1]'],
  ...['[::ffff:0.0.0.0]', '[::127.0.0.1]', '[::7f00:1]'],
]

/** Ways into networks inside, and to what a cloud tells its own machines. */
const inside = [
  ...['10.0.0.1', '10.1', '012.0.0.1', '0xa.1', '167772161', '172.16.0.1', '172.31.255.254'],
  ...['192.168.0.1', '192.168.257', '3232235777', '0xc0a80101', '030052000401'],
  ...['100.64.0.1', '100.100.100.200', '100.127.255.255', '169.254.0.1', '169.254.169.254'],
  ...['169.254.43518', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '０xa9fea9fe'],
  ...['192.0.0.192', '198.18.0.1', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
  ...['[fd00:ec2::254]', '[fd20:ce::254]', '[fc00::1]', '[fdff::1]', '[fe80::1]', '[febf::1]'],
  ...['[fec0::1]', '[ff02::1]', '[ff05::1:3]', '[::ffff:10.0.0.1]', '[::ffff:169.254.169.254]'],
  ...[
    '[::ffff:a9fe:a9fe]',
    '[::ffff:0:10.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::169.254.169.254]',
  ],
  ...['[64:ff9b:1::a00:1]', '[2002:7f00:1::]', '[2002:a9fe:a9fe::1]', '[2001:0:7f00:1::1]'],
  ...['[2001:0:4136:e378:8000:63bf:80ff:fffe]', '[100::1]', '[2001:db8::1]'],
]

/** The same with a user, a port, a path or a fragment that is to lead the eye astray. */
const dressed = (port: number) => [
  `http://example.org@127.0.0.1:${port}/`,
  `http://example.org:80@127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}\\@example.org/`,
  `http://127.0.0.1:${port}#@example.org/`,
  `http://127.0.0.1:${port}?@example.org/`,
  `http:127.0.0.1:${port}/`,
  `http:\\\\127.0.0.1:${port}/`,
  `http:////127.0.0.1:${port}/`,
  `\thttp://127.0.0.1:${port}/`,
  `ht\ntp://127.0.0.1:${port}/`,
  `http://12\n7.0.0.1:${port}/`,
  `http://127.0.0.1:0${port}/`,
  `http://[fe80::1%25lo]:${port}/`,
  `http://[::1%25lo]:${port}/`,
]

describe('a trap on this machine', () => {
  test('would catch a call that no guard stops', async () => {
    const trap = await startTrap()
    const { request } = outbound({ allow: ['127.0.0.1/32'] })
    await request(post(`http://127.1:${trap.port}/`)).catch(() => undefined)
    expect(trap.count()).toBe(1)
  })

  test('is reached by no way to write an address', async () => {
    const trap = await startTrap()
    const { request, refusal } = outbound({ ports: [trap.port] })
    const urls = [...thisMachine, ...inside].map((host) => `http://${host}:${trap.port}/hook`)
    const all = [...urls, ...dressed(trap.port)]
    expect(new Set(all).size).toBeGreaterThanOrEqual(60)
    const reached: string[] = []
    for (const url of all) {
      const said = await refusal(url)
      const end = await request(post(url)).then(
        () => 'answered',
        (error: Error) => error.name,
      )
      // Not every system knows the name with its dot: then it has no address at all.
      const isUnknown = url.includes('//localhost.:') && end === 'OutboundError'
      const isRefused = end === 'OutboundRefusedError' || isUnknown
      if (said === undefined || !isRefused) reached.push(`${url}: ${end}`)
    }
    expect(reached).toEqual([])
    expect(trap.count()).toBe(0)
  })

  test('is reached by no redirect', async () => {
    const trap = await startTrap()
    const targets = [...thisMachine.slice(0, 12), '[::1]', '[::ffff:127.0.0.1]'].map(
      (host) => `http://${host}:${trap.port}/`,
    )
    const web = createWeb((incoming, outgoing) => {
      const location = targets[Number(incoming.url?.slice(1))] ?? ''
      outgoing.writeHead(307, { location }).end()
    })
    await listen(web, '127.0.0.9')
    onTestFinished(() => {
      web.closeAllConnections()
      web.close()
    })
    const { port } = web.address() as AddressInfo
    const { request } = outbound({ allow: ['127.0.0.9/32'], ports: [trap.port] })
    for (const at of targets.keys()) {
      const call = request(post(`http://127.0.0.9:${port}/${at}`, 3))
      await expect(call, targets[at]).rejects.toThrow('not public')
    }
    // A webhook follows none: the 3xx is its answer.
    expect(await request(post(`http://127.0.0.9:${port}/0`))).toMatchObject({ status: 307 })
    expect(trap.count()).toBe(0)
  })
})

/** A type A, class IN answer to a DNS question (RFC 1035, section 4), with no time to live. */
function dnsAnswer(question: Buffer, addresses: readonly string[]): Buffer {
  const nameEnd = question.indexOf(0, 12) + 1
  const isA = question.readUInt16BE(nameEnd) === 1
  const given = isA ? addresses : []
  const header = Buffer.from(question.subarray(0, 12))
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(given.length, 6)
  header.writeUInt32BE(0, 8)
  const records = given.map((address) => {
    const start = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4])
    return Buffer.concat([start, Buffer.from(address.split('.').map(Number))])
  })
  return Buffer.concat([header, question.subarray(12, nameEnd + 4), ...records])
}

/** A real DNS server that gives one list of addresses after the other, the last one for ever. */
async function startDns(script: readonly (readonly string[])[]) {
  const server = createSocket('udp4')
  let asked = 0
  server.on('message', (question, { port, address }) => {
    const addresses = script[Math.min(asked, script.length - 1)] ?? []
    asked += 1
    server.send(dnsAnswer(question, addresses), port, address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const resolver = new Resolver({ timeout: 1_000 })
  resolver.setServers([`127.0.0.1:${server.address().port}`])
  return { resolve: (host: string) => resolver.resolve4(host), asked: () => asked }
}

describe('a DNS server that changes its mind', () => {
  const publicAddress = '93.184.215.14'

  test('says a public address to the check and this machine to the call, in vain', async () => {
    const trap = await startTrap()
    const dns = await startDns([[publicAddress], ['127.0.0.1']])
    const { request, refusal } = outbound({ resolve: dns.resolve, ports: [trap.port] })
    const url = `http://rebind.example.org:${trap.port}/`
    expect(await refusal(url)).toBeUndefined()
    for (let call = 0; call < 20; call += 1) {
      await expect(request(post(url))).rejects.toThrow('not public (loopback)')
    }
    expect(dns.asked()).toBe(21)
    expect(trap.count()).toBe(0)
  })

  test('is asked once per connection: what was checked is what is connected to', async () => {
    const trap = await startTrap()
    // Only the first answer is allowed: a second question would lead to the trap's refusal.
    const dns = await startDns([['127.0.0.1'], ['127.0.0.2']])
    const { request } = outbound({ resolve: dns.resolve, allow: ['127.0.0.1/32'] })
    await request(post(`http://rebind.example.org:${trap.port}/`)).catch(() => undefined)
    expect(dns.asked()).toBe(1)
    expect(trap.count()).toBe(1)
  })

  test.each([
    [['127.0.0.1', '10.0.0.1']],
    [['169.254.169.254']],
    [['0.0.0.0']],
    [['100.100.100.200', '192.168.1.1']],
  ])('gives only addresses inside, %j, and none is called', async (addresses) => {
    const trap = await startTrap()
    const dns = await startDns([addresses])
    const { request } = outbound({ resolve: dns.resolve, ports: [trap.port] })
    const call = request(post(`http://inside.example.org:${trap.port}/`))
    await expect(call).rejects.toMatchObject({ name: 'OutboundRefusedError' })
    expect(trap.count()).toBe(0)
  })

  test('mixes a public address with this machine, which is left out', async () => {
    const trap = await startTrap()
    const dns = await startDns([['127.0.0.1', publicAddress, '127.0.0.1']])
    const { request } = outbound({ resolve: dns.resolve, ports: [trap.port], connectMsMax: 300 })
    const call = request({ ...post(`http://mixed.example.org:${trap.port}/`), timeoutMs: 500 })
    await call.catch(() => undefined)
    expect(trap.count()).toBe(0)
  })
})
