import type { Worker } from '@newswire/runtime'
import type { HttpServer } from './http.js'
import { listen } from './listen.js'

export interface WebWorkerOptions {
  readonly server: HttpServer
  readonly host: string
  readonly port: number
}

/** Answers that are under way at the end have so long. */
const answersMsMax = 3_000

/** The server as a worker: the last to start and the first to stop. */
export function createWebWorker({ server, host, port }: WebWorkerOptions): Worker {
  return {
    name: 'web',
    async start() {
      await listen(server, { host, port })
      return { stop: () => close(server) }
    },
  }
}

/** Browsers keep spare connections open that never ask for anything: they don't hold up the end. */
async function close(server: HttpServer): Promise<void> {
  const timer = setTimeout(() => server.server.closeAllConnections(), answersMsMax)
  try {
    await server.close()
  } finally {
    clearTimeout(timer)
  }
}
