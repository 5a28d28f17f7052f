import { Agent, type IncomingMessage, request } from 'node:http'

export interface Question {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Any other one is an error. */
  readonly status: number
}

/** Asks over kept connections; resolves with the last byte of the answer, left encoded. */
export function createReader(): (question: Question) => Promise<void> {
  const agent = new Agent({ keepAlive: true })
  return ({ url, headers, status }) =>
    new Promise((resolve, reject) => {
      const asked = request(url, { agent, headers }, (answer: IncomingMessage) => {
        answer.resume()
        answer.once('error', reject)
        answer.once('end', () => {
          if (answer.statusCode === status) resolve()
          else reject(new Error(`${url} was answered with ${answer.statusCode}, not ${status}.`))
        })
      })
      asked.once('error', reject)
      asked.end()
    })
}
