import { lookup } from 'node:dns/promises'
import { OutboundError } from './errors.js'
import { Lookups } from './lookups.js'

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** A name that takes longer has its addresses of before, and goes behind the others next time. */
const slowMs = 500
/** Addresses of before are used for this long, and of so many names. */
const keptMsMax = 60 * 60 * 1_000
const keptMax = 8_192

interface Kept {
  readonly addresses: readonly string[]
  /** Of the monotonic clock. */
  readonly atMs: number
}

/**
 * The system's resolver, so that /etc/hosts counts. It has few threads in Node: a name is asked for
 * once at a time, however many connections wait for it, and names whose servers do not answer hold
 * up no other. Addresses of before are judged by the guard like new ones.
 */
export function createResolve(ask: Resolve = askSystem, options = { slowMs }): Resolve {
  const underWay = new Map<string, Promise<readonly string[]>>()
  const kept = new Map<string, Kept>()
  const lookups = new Lookups(ask, options.slowMs)

  function asked(host: string): Promise<readonly string[]> {
    const known = underWay.get(host)
    if (known !== undefined) return known
    const answer = lookups
      .of(host)
      .then((addresses) => {
        keep(host, addresses)
        return addresses
      })
      .catch((error: unknown) => {
        kept.delete(host)
        throw new OutboundError('dns', `The name ${host} can't be resolved.`, { cause: error })
      })
      .finally(() => underWay.delete(host))
    underWay.set(host, answer)
    return answer
  }

  function keep(host: string, addresses: readonly string[]): void {
    kept.delete(host)
    kept.set(host, { addresses, atMs: performance.now() })
    const [oldest = ''] = kept.size > keptMax ? kept.keys() : []
    kept.delete(oldest)
  }

  return (host) => {
    const answer = asked(host)
    const before = kept.get(host)
    if (!before || performance.now() - before.atMs > keptMsMax) return answer
    return inTime(answer, options.slowMs, before.addresses)
  }
}

/** What is asked for, or the other where it takes too long. */
function inTime<T>(answer: Promise<T>, ms: number, other: T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(other), ms)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

async function askSystem(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, verbatim: true })
  return found.map(({ address }) => address)
}
