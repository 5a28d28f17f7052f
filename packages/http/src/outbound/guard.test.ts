import { quietLog } from '@newswire/kit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { OutboundRefusedError } from './errors.js'
import { createOutbound, type OutboundOptions } from './outbound.js'

const publicAddress = '93.184.215.14'

function outbound(options: Partial<OutboundOptions> = {}) {
  const made = createOutbound({ allow: [], ports: [80, 443], log: quietLog().log, ...options })
  onTestFinished(() => made.close())
  return made
}

function get(url: string) {
  return {
    url,
    method: 'GET',
    headers: {},
    timeoutMs: 2_000,
    answerBytesMax: 1_000,
    overflow: 'refuse',
    redirectsMax: 0,
  } as const
}

/** Hosts that must never be reached, as they stand in a URL. */
const refusedHosts = [
  // Loopback and the odd ways to write it.
  '127.0.0.1',
  '127.0.0.2',
  '127.255.255.254',
  '127.1',
  '127.0.1',
  '2130706433',
  '017700000001',
  '0177.0.0.1',
  '0x7f.0.0.1',
  '0x7f000001',
  '0x7F.1',
  '127.0.0.1.',
  '%31%32%37.0.0.1',
  '１２７.０.０.１',
  '①②⑦.0.0.1',
  '127。0。0。1',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::0001]',
  'localhost',
  'LOCALHOST',
  // "This host" and broadcast.
  '0',
  '0.0.0.0',
  '0.1.2.3',
  '[::]',
  '255.255.255.255',
  // Private, shared and link-local networks; cloud metadata.
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.255.255',
  '3232235777',
  '0xc0a80101',
  '100.64.0.1',
  '100.127.255.255',
  '169.254.0.1',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '[fe80::1]',
  '[febf::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fdff::1]',
  '[fec0::1]',
  // Multicast, reserved, documentation, benchmarking, relays.
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '192.88.99.1',
  '[ff02::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '[100::1]',
  '[2001:10::1]',
  '[5f00::1]',
  '[4000::1]',
  '[1::1]',
  // IPv4 inside IPv6: mapped, translated, NAT64, 6to4, Teredo, compatible.
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:10.0.0.1]',
  '[::ffff:169.254.169.254]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::10.0.0.1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2002:a00:1::1]',
  '[2001:0:7f00:1::1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
]

describe('addresses that are not public', () => {
  test.each(refusedHosts)('%s is refused, in a call and when asked', async (host) => {
    const { request, refusal } = outbound()
    await expect(request(get(`http://${host}/`))).rejects.toThrow(OutboundRefusedError)
    expect(await refusal(`https://${host}/x`)).toMatch(/not public|no IP address/)
  })

  test('a public address is let through by the guard', async () => {
    const { refusal } = outbound()
    expect(await refusal(`https://${publicAddress}/`)).toBeUndefined()
    expect(await refusal('https://[2606:2800:21f:cb07::1]/')).toBeUndefined()
  })

  test('a name is judged by what it resolves to', async () => {
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '::1',
      '::ffff:127.0.0.1',
      'fe80::1%eth0',
      'x',
    ]) {
      const { request, refusal } = outbound({ resolve: async () => [address] })
      await expect(request(get('http://news.example.org/'))).rejects.toThrow(OutboundRefusedError)
      expect(await refusal('http://news.example.org/')).toContain('news.example.org leads to')
    }
  })

  test('a name that turns private after it was checked is not connected to', async () => {
    let asked = 0
    const resolve = async () => [asked++ === 0 ? publicAddress : '127.0.0.1']
    const { request, refusal } = outbound({ resolve })
    expect(await refusal('http://rebind.example.org/')).toBeUndefined()
    await expect(request(get('http://rebind.example.org/'))).rejects.toThrow(
      'not public (loopback)',
    )
    expect(asked).toBe(2)
  })

  test('the refusal names no address, which would map the network inside', async () => {
    const { refusal } = outbound({ resolve: async () => ['10.9.8.7'] })
    expect(await refusal('http://inside.example.org/')).not.toContain('10.9.8.7')
  })
})

describe('addresses that are not fit', () => {
  test.each([
    ['ftp://example.org/', 'ftp'],
    ['file:///etc/passwd', 'file'],
    ['gopher://example.org/', 'gopher'],
    ['javascript:alert(1)', 'javascript'],
    ['data:text/plain,x', 'data'],
    ['unix:///var/run/docker.sock', 'unix'],
    ['https://user@example.org/', 'user name'],
    ['https://user:pass@example.org/', 'password'],
    ['https://:pass@example.org/', 'password'],
    ['example.org', 'not valid'],
    ['//example.org/', 'not valid'],
    ['https://', 'not valid'],
    ['https://[fe80::1%25eth0]/', 'not valid'],
    ['https://exa mple.org/', 'not valid'],
    ['https://256.256.256.256/', 'not valid'],
    [`https://example.org/${'a'.repeat(9_000)}`, 'characters'],
  ])('%s is refused', async (url, why) => {
    const { request, refusal } = outbound({ resolve: async () => [publicAddress] })
    expect(await refusal(url)).toContain(why)
    await expect(request(get(url))).rejects.toThrow(OutboundRefusedError)
  })

  test('only the given ports of public addresses may be called', async () => {
    const { refusal } = outbound({ resolve: async () => [publicAddress] })
    expect(await refusal('https://example.org:22/')).toContain('port 22')
    expect(await refusal('https://example.org:6379/')).toContain('only on 80, 443')
    expect(await refusal('https://example.org:443/')).toBeUndefined()
    expect(await refusal('https://example.org:80/')).toBeUndefined()
  })

  test('plain http may be forbidden, except for allowed addresses', async () => {
    const { refusal } = outbound({ resolve: async () => [publicAddress], allow: ['10.0.0.0/8'] })
    const httpsOnly = true
    expect(await refusal('http://example.org/', { httpsOnly })).toContain('https')
    expect(await refusal('https://example.org/', { httpsOnly })).toBeUndefined()
    expect(await refusal('http://10.1.1.1:9000/', { httpsOnly })).toBeUndefined()
  })

  test.each([
    { 'x-a': 'b\r\nx-c: d' },
    { 'x-a': 'b\n' },
    { 'x-a': 'b\u0000' },
    { 'x-a': 'snow ☃' },
    { 'x a': 'b' },
    { 'x-a\r\nx-b': 'c' },
    { '': 'b' },
    { Host: 'other.example.org' },
    { 'transfer-encoding': 'chunked' },
    { 'content-length': '1' },
    { connection: 'close' },
  ])('the headers %j are refused', async (headers) => {
    const { request } = outbound({ resolve: async () => [publicAddress] })
    const call = request({ ...get('http://example.org/'), headers })
    await expect(call).rejects.toThrow(OutboundRefusedError)
  })
})

describe('allowed addresses', () => {
  test('ranges and single addresses are exempt, their neighbours are not', async () => {
    const { refusal } = outbound({ allow: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'] })
    expect(await refusal('http://127.0.0.1:9999/')).toBeUndefined()
    expect(await refusal('http://[::ffff:127.0.0.1]:9999/')).toBeUndefined()
    expect(await refusal('http://10.200.0.1:22/')).toBeUndefined()
    expect(await refusal('http://[fd12::1]/')).toBeUndefined()
    expect(await refusal('http://127.0.0.2/')).toContain('not public')
    expect(await refusal('http://[fc00::1]/')).toContain('not public')
  })

  test('an allowed list with a mistake stops the start with a sentence', () => {
    expect(() => outbound({ allow: ['10.0.0.0/33'] })).toThrow('correct OUTBOUND_ALLOW')
    expect(() => outbound({ allow: ['localhost'] })).toThrow('localhost is no IP address')
  })

  test('a name that does not resolve is a failure, no refusal', async () => {
    const resolve = async () => Promise.reject(new Error('ENOTFOUND'))
    const { request, refusal } = outbound({ resolve })
    await expect(request(get('http://gone.example.org/'))).rejects.toMatchObject({ kind: 'dns' })
    expect(await refusal('http://gone.example.org/')).toContain("can't be resolved")
  })
})
