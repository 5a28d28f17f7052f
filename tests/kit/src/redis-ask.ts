import { connect } from 'node:net'

/**
 * Sends one command to a Redis and gives its answer as text: a status, a number, or one bulk
 * string. For what an operator does, such as FLUSHALL, and for looks that no program of ours takes.
 */
export function askRedis({ port }: { readonly port: number }, ...words: string[]): Promise<string> {
  const command = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')
  return new Promise((resolve, reject) => {
    let got = Buffer.alloc(0)
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`*${words.length}\r\n${command}`)
    })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('Redis hung up before it had answered.')))
    socket.on('data', (part) => {
      got = Buffer.concat([got, part])
      const answer = answerIn(got)
      if (answer === undefined) return
      if (got[0] === '-'.charCodeAt(0)) reject(new Error(`Redis refuses ${words[0]}: ${answer}`))
      else resolve(answer)
      socket.destroy()
    })
  })
}

/** RESP2, as far as one flat answer goes; undefined while it is not whole. */
function answerIn(got: Buffer): string | undefined {
  const end = got.indexOf('\r\n')
  if (end < 0) return undefined
  const head = got.subarray(1, end).toString()
  if (got[0] !== '$'.charCodeAt(0)) return head
  const length = Number(head)
  if (length < 0) return ''
  const start = end + 2
  return got.length < start + length ? undefined : got.subarray(start, start + length).toString()
}
