import { lookup } from 'node:dns/promises'
import { OutboundError } from './errors.js'

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>

/**
 * The system's resolver, so that /etc/hosts counts. It has few threads in Node: a name is asked for
 * once at a time, however many connections wait for it.
 */
export function createResolve(ask: Resolve = askSystem): Resolve {
  const underWay = new Map<string, Promise<readonly string[]>>()
  return (host) => {
    const known = underWay.get(host)
    if (known !== undefined) return known
    const asked = ask(host)
      .catch((error: unknown) => {
        throw new OutboundError('dns', `The name ${host} can't be resolved.`, { cause: error })
      })
      .finally(() => underWay.delete(host))
    underWay.set(host, asked)
    return asked
  }
}

async function askSystem(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, verbatim: true })
  return found.map(({ address }) => address)
}
