import type { Log } from '@newswire/runtime'
import { Agent, type Dispatcher } from 'undici'
import type { Outbound, OutboundAnswer, OutboundRequest } from '../http.js'
import { createAddressRules } from './address-rules.js'
import { knownEncodings } from './body-reader.js'
import { checkedAddresses, createConnector } from './connect.js'
import { Deadline } from './deadline.js'
import { OutboundError, OutboundRefusedError } from './errors.js'
import { type Call, exchange, type Hop } from './exchange.js'
import { createResolve, type Resolve } from './names.js'
import { isPermanent, isRedirect, locationOf, redirected } from './redirect.js'
import { checkHeaders, createTargets, hostOf, portOf, type Target, targetOf } from './target.js'

export interface OutboundOptions {
  /**
   * Addresses and CIDR ranges that may be called besides public ones, on any port, without https.
   */
  readonly allow: readonly string[]
  /** Ports of public addresses that may be called. */
  readonly ports: readonly number[]
  readonly log: Log
  /** Connections to one origin at a time; more calls wait within their own time. Default 128. */
  readonly connectionsPerOriginMax?: number
  /** Calls under way or waiting; one more fails as `busy`. Default 4096. */
  readonly requestsMax?: number
  /** Time for name, connection and TLS of one connection. Default 10 s. */
  readonly connectMsMax?: number
  /** Default `Newswire`. */
  readonly userAgent?: string
  /** Default: the system's resolver. */
  readonly resolve?: Resolve
}

const defaults = {
  connectionsPerOriginMax: 128,
  requestsMax: 4_096,
  connectMsMax: 10_000,
  userAgent: 'Newswire',
} as const
/** `refusal` waits this long for a name. */
const resolveMsMax = 5_000
/** Addresses that are remembered as they were read. */
const targetsMax = 8_192

/** See `Outbound`. Connections are kept and used again, one request at a time on each. */
export function createOutbound(options: OutboundOptions): Outbound {
  const settings = { ...defaults, ...options }
  const { allow, ports, log } = settings
  const resolve = createResolve(options.resolve)
  const laneOf = (httpsOnly: boolean) =>
    createLane({ ...settings, resolve, rules: createAddressRules({ allow, ports, httpsOnly }) })
  // Connections are shared by origin, so calls that need https have their own.
  const lanes = { any: laneOf(false), https: laneOf(true) }
  const laneFor = (httpsOnly: boolean | undefined) => (httpsOnly === true ? lanes.https : lanes.any)
  const readTarget = createTargets(targetsMax)
  let underWay = 0

  async function request(wanted: OutboundRequest): Promise<OutboundAnswer> {
    const { requestsMax, userAgent } = settings
    if (underWay >= requestsMax) {
      throw new OutboundError('busy', `More than ${requestsMax} outbound calls are under way.`)
    }
    const target = readTarget(wanted.url)
    const headers = withOwnHeaders(wanted, checkHeaders(wanted.headers), userAgent)
    const deadline = new Deadline(target.hostname, wanted)
    underWay += 1
    try {
      const call = callOf(wanted, { target, headers, deadline })
      const { agent } = laneFor(wanted.httpsOnly)
      if (wanted.redirectsMax === 0) return answerOf(await exchange(agent, call), target, undefined)
      return await follow(agent, call, wanted.redirectsMax)
    } catch (error) {
      if (error instanceof OutboundRefusedError) {
        log.debug({ host: target.hostname, reason: error.message }, 'outbound call refused')
      }
      throw error
    } finally {
      underWay -= 1
      deadline.end()
    }
  }

  return {
    request,
    refusal: (url, { httpsOnly } = {}) => laneFor(httpsOnly).refusal(url),
    close: async () => {
      await Promise.all([lanes.any.agent.destroy(), lanes.https.agent.destroy()])
    },
  }
}

interface LaneOptions {
  readonly rules: ReturnType<typeof createAddressRules>
  readonly resolve: Resolve
  readonly connectMsMax: number
  readonly connectionsPerOriginMax: number
}

/** Connections under one set of rules. */
function createLane({ rules, resolve, connectMsMax, connectionsPerOriginMax }: LaneOptions) {
  const agent = new Agent({
    connect: createConnector({ rules, resolve, connectMsMax }),
    connections: connectionsPerOriginMax,
    pipelining: 1,
    // Each call has one time limit over everything; undici's own ones are for single phases.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  async function refusal(text: string): Promise<string | undefined> {
    let deadline: Deadline | undefined
    try {
      const url = targetOf(text)
      const limit = new Deadline(url.hostname, { timeoutMs: resolveMsMax })
      deadline = limit
      const isPlainHttp = url.protocol === 'http:'
      const call = { host: hostOf(url.hostname), port: portOf(url), isPlainHttp }
      const tooLate = new Promise<never>((_resolve, reject) => limit.listen(reject))
      await Promise.race([checkedAddresses(call, rules, resolve), tooLate])
      return undefined
    } catch (error) {
      if (error instanceof OutboundRefusedError || error instanceof OutboundError)
        return error.message
      throw error
    } finally {
      deadline?.end()
    }
  }
  return { agent, refusal }
}

/** Calls, and goes where redirects lead, each checked as if it were the first. */
async function follow(
  agent: Dispatcher,
  first: Call,
  redirectsMax: number,
): Promise<OutboundAnswer> {
  let call = first
  let movedTo: string | undefined
  let isMove = true
  for (let redirects = 0; ; redirects += 1) {
    const hop = await exchange(agent, call)
    if (!isRedirect(hop)) return answerOf(hop, call.target, movedTo)
    if (redirects === redirectsMax) {
      const say = `${first.target.hostname} redirects more than ${redirectsMax} times.`
      throw new OutboundError('redirects', say)
    }
    const target = targetOf(locationOf(call.target, hop))
    isMove &&= isPermanent(hop)
    if (isMove) movedTo = target.href
    call = redirected(call, hop, target)
  }
}

function callOf(
  { method, body, answerBytesMax: bytesMax, overflow, redirectsMax }: OutboundRequest,
  { target, headers, deadline }: Pick<Call, 'target' | 'headers' | 'deadline'>,
): Call {
  const followsRedirects = redirectsMax > 0
  return { target, method, headers, body, bytesMax, overflow, followsRedirects, deadline }
}

function answerOf(hop: Hop, url: Target, movedTo: string | undefined): OutboundAnswer {
  const { status, headers, body, isCut } = hop
  const answer = { status, headers, body, truncated: isCut, url: url.href }
  return movedTo === undefined ? answer : { ...answer, movedTo }
}

function withOwnHeaders(
  { method, headers }: OutboundRequest,
  names: readonly string[],
  userAgent: string,
): Readonly<Record<string, string>> {
  const isNamed = names.includes('user-agent')
  // Only a GET's answer is worth unpacking; a webhook's is a few bytes.
  const isUnpacked = method === 'GET' && !names.includes('accept-encoding')
  if (isNamed && !isUnpacked) return headers
  return {
    ...headers,
    ...(isNamed ? {} : { 'user-agent': userAgent }),
    ...(isUnpacked ? { 'accept-encoding': knownEncodings } : {}),
  }
}
