import { createHmac } from 'node:crypto'
import type { FeedAddress } from '../address.js'
import { formats } from '../render/render.js'

export const userAgent = 'Newswire-Hub/1 (WebSub)'

export interface MessageOptions {
  readonly address: FeedAddress
  readonly publicUrl: string
  readonly body: Buffer
  readonly secret: string | undefined
}

/** The headers of a content distribution request (REC WebSub 7, 7.1). */
export function headersOf({
  address,
  publicUrl,
  body,
  secret,
}: MessageOptions): Record<string, string> {
  const self = `${publicUrl}${address.path}`
  return {
    'content-type': formats[address.format].mediaType,
    link: `<${publicUrl}/hub>; rel="hub", <${self}>; rel="self"`,
    'user-agent': userAgent,
    // SHA-1 is broken; the Recommendation leaves the choice to the hub.
    ...(secret === undefined ? {} : { 'x-hub-signature': `sha256=${sign(body, secret)}` }),
  }
}

function sign(body: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}
