import { createServer } from 'node:http'
import process from 'node:process'

/*
 * The bare server of `feed-hot.ts`: given the bytes and headers that Newswire sends, it sends the
 * same, and does nothing else but compare one text for the 304.
 */
interface Told {
  readonly headers: Readonly<Record<string, string>>
  readonly notModified: Readonly<Record<string, string>>
  readonly body: string
}

process.once('message', ({ headers, notModified, body }: Told) => {
  const bytes = Buffer.from(body, 'base64')
  const server = createServer((request, reply) => {
    if (request.headers['if-none-match'] === headers['etag']) {
      reply.writeHead(304, notModified).end()
      return
    }
    reply.writeHead(200, headers).end(bytes)
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.(typeof address === 'object' ? address?.port : undefined)
  })
})
process.once('disconnect', () => process.exit())
