import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { ListenError } from '@newswire/http'

/** Below the ports that systems give to outgoing connections, so that none takes it meanwhile. */
const range = { from: 20_000, to: 32_000 } as const
const triesMax = 50
const portMax = 65_535

/**
 * A port that nobody listens on: PORT=0 means "any", and addresses must be known before listening.
 */
export async function freePort(host: string): Promise<number> {
  let reason = ''
  for (let tried = 0; tried < triesMax; tried += 1) {
    const port = randomInt(range.from, range.to)
    const found = await whyNot(host, port)
    if (found === undefined) return port
    reason = sayWhyNot(host, port, found)
    if (found !== 'EADDRINUSE') break
  }
  throw new ListenError(reason)
}

/** Why this process can't listen there, as the system's code; `undefined` if it can. */
export function whyNot(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
}

/** What to do when this process can't listen there; `whyNot` is what the system said. */
export function sayWhyNot(host: string, port: number, whyNot: string): string {
  const other = port < portMax ? port + 1 : port - 1
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is taken. Stop what listens there, or choose another: PORT=${other} npm start`,
    EACCES: `This user may not listen on port ${port}. Choose one from 1024 on: PORT=8080 npm start`,
    EADDRNOTAVAIL: `HOST ${host} is no address of this machine. Take 127.0.0.1, or 0.0.0.0 for all that it has.`,
    ENOTFOUND: `HOST ${host} is not known. Take an address of this machine, such as 127.0.0.1.`,
  }
  return (
    sentences[whyNot] ??
    `Newswire can't listen on ${host}, port ${port} (${whyNot}). Set HOST and PORT.`
  )
}
