import type { Worker } from '@newswire/runtime'
import type { HttpServer } from './http.js'
import { listen } from './listen.js'

export interface WebWorkerOptions {
  readonly server: HttpServer
  readonly host: string
  readonly port: number
}

/** The server as a worker: the last to start and the first to stop. */
export function createWebWorker({ server, host, port }: WebWorkerOptions): Worker {
  return {
    name: 'web',
    async start() {
      await listen(server, { host, port })
      return { stop: async () => void (await server.close()) }
    },
  }
}
