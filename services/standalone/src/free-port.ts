import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below the ports that systems give to outgoing connections, so that none takes it meanwhile. */
const range = { from: 20_000, to: 32_000 } as const
const triesMax = 50

/**
 * A port that nobody listens on: PORT=0 means "any", and addresses must be known before listening.
 */
export async function freePort(host: string): Promise<number> {
  for (let tried = 0; tried < triesMax; tried += 1) {
    const port = randomInt(range.from, range.to)
    if (await isFree(host, port)) return port
  }
  throw new Error(`No free port was found in ${triesMax} tries. Set PORT to one that is free.`)
}

/** Whether this process could listen there. */
export function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}
