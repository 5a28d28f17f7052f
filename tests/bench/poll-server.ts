import { createServer } from 'node:http'
import process from 'node:process'

/*
 * The feeds of `polls.ts`, in a process of their own so that their cost is not counted: each
 * answers with twenty entries; every fourth has no validators and is read whole each time, the
 * others answer 304 while nothing is new. Of every eight polls of a feed one finds a new entry.
 */
const entriesShown = 20
const pollsPerEntry = 8
const asked = new Map<string, number>()

const server = createServer((request, response) => {
  const path = request.url ?? '/'
  const count = (asked.get(path) ?? 0) + 1
  asked.set(path, count)
  const number = Number(path.slice(1))
  const newest = Math.floor((count + number) / pollsPerEntry) + entriesShown
  const hasValidators = number % 4 !== 0
  const etag = `"${newest}"`
  const validators = hasValidators ? { etag } : {}
  if (hasValidators && request.headers['if-none-match'] === etag) {
    response.writeHead(304, validators).end()
    return
  }
  response.writeHead(200, { 'content-type': 'application/rss+xml', ...validators })
  response.end(feed(number, newest))
})

function feed(number: number, newest: number): string {
  const entries = Array.from({ length: entriesShown }, (_, n) => entry(number, newest - n))
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed ${number}</title>
<link>https://feeds.example.org/${number}</link>${entries.join('\n')}</channel></rss>`
}

function entry(number: number, id: number): string {
  return `<item><title>Muster Werke ${number}: Meldung ${id}</title>
<link>https://feeds.example.org/${number}/pm/${id}</link>
<guid>https://feeds.example.org/${number}/pm/${id}</guid>
<description>Musterstadt (ots) - ${'Die Muster Werke bauen weiter. '.repeat(8)} ...</description></item>`
}

// All of 127.0.0.0/8, so that there are as many hosts as the bench wants.
server.listen(0, '0.0.0.0', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0)
})
process.once('disconnect', () => process.exit(0))
