// For everything that has a Web Request: Next.js, Hono, Deno, Bun, Cloudflare Workers.
const toleranceSeconds = 300

// Keep these in your database, in one transaction with what you do.
const seen = new Set<string>()
const versions = new Map<string, number>()

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))

/** Over the raw body: a body that was parsed and written again has other bytes. */
async function isAuthentic(secret: string, headers: Headers, body: Uint8Array): Promise<boolean> {
  const timestamp = headers.get('webhook-timestamp') ?? ''
  const age = Math.abs(Date.now() / 1000 - Number(timestamp))
  if (timestamp === '' || !(age <= toleranceSeconds)) return false
  const head = new TextEncoder().encode(`${headers.get('webhook-id')}.${timestamp}.`)
  const signed = new Uint8Array(head.length + body.length)
  signed.set(head)
  signed.set(body, head.length)
  const raw = bytesOf(secret.replace(/^whsec_/, ''))
  // Whoever knows the key can sign, and everybody knows an empty one.
  if (raw.length === 0) return false
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', raw, hmac, false, ['verify'])
  // While a secret is rotated there are several, by the old and by the new one.
  for (const each of (headers.get('webhook-signature') ?? '').split(' ')) {
    const [version, given = ''] = each.split(',')
    if (version !== 'v1') continue
    // Compares in constant time.
    if (await crypto.subtle.verify('HMAC', key, bytesOf(given), signed)) return true
  }
  return false
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

/** Answers one call of a webhook with this secret (`whsec_…`). */
export async function receive(request: Request, secret: string): Promise<Response> {
  const { headers } = request
  const body = new Uint8Array(await request.arrayBuffer())
  try {
    if (!(await isAuthentic(secret, headers, body))) return new Response(null, { status: 401 })
    const event = JSON.parse(new TextDecoder().decode(body)) as Event
    return Response.json(take(headers.get('webhook-id') ?? '', event))
  } catch {
    return new Response(null, { status: 400 })
  }
}
