// A receiver of Newswire webhooks on node:http. Start: SECRET=whsec_… PORT=8000 npx tsx receive.ts
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

const { SECRET = '', PORT = '8000' } = process.env
const key = Buffer.from(SECRET.replace(/^whsec_/, ''), 'base64')
// Whoever knows the key can sign, and everybody knows an empty one.
if (key.length === 0) throw new Error('SECRET is whsec_ and base64')
const toleranceSeconds = 300
const bodyBytesMax = 8 * 1024 * 1024

// Keep these in your database, in one transaction with what you do.
const seen = new Set<string>()
const versions = new Map<string, number>()

/** Over the raw body: a body that was parsed and written again has other bytes. */
function isAuthentic(id: string, timestamp: string, signatures: string, body: Buffer): boolean {
  const age = Math.abs(Date.now() / 1000 - Number(timestamp))
  if (!(age <= toleranceSeconds)) return false
  const right = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
  // While a secret is rotated there are several, by the old and by the new one.
  return signatures.split(' ').some((each) => {
    const [version, given = ''] = each.split(',')
    const bytes = Buffer.from(given, 'base64')
    return version === 'v1' && bytes.length === right.length && timingSafeEqual(bytes, right)
  })
}

type Event = {
  type: string
  data: {
    uri?: string
    challenge?: string
    /** A number in a thin event, text in ninjs. */
    version?: number | string
  }
}

function take(id: string, { type, data }: Event): object {
  // A new address is asked once whether it is yours.
  if (type === 'webhook.verify') return { challenge: data.challenge }
  if (!type.startsWith('item.')) return {}
  if (seen.has(id)) return { newswire: 'duplicate' }
  seen.add(id)
  const item = String(data.uri)
  // The body's own: headers of that name are not signed.
  const version = Number(data.version ?? 0)
  if (version < (versions.get(item) ?? 0)) return { newswire: 'stale' }
  versions.set(item, version)
  // A kill: take the item down everywhere. It has no text any more; keep its version.
  if (type === 'item.withdrawn') console.log(`remove ${item}`)
  else console.log(`store ${item} version ${version}`)
  return { newswire: 'processed' }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    bytes += part.length
    if (bytes > bodyBytesMax) throw new Error('The body is too large.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const header = (name: string) => String(request.headers[name] ?? '')
  try {
    const body = await bodyOf(request)
    const id = header('webhook-id')
    if (!isAuthentic(id, header('webhook-timestamp'), header('webhook-signature'), body)) {
      response.writeHead(401).end()
      return
    }
    const event = JSON.parse(body.toString()) as Event
    const said = take(id, event)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  } catch {
    response.writeHead(400).end()
  }
}

const server = createServer((request, response) => void answer(request, response))

server.listen(Number(PORT), () => console.log(`listening on ${JSON.stringify(server.address())}`))
