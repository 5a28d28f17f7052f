import { intakeLimits } from '../limits.js'

/** What a feed or page says of itself before its first entry, beside its text. */
export interface Channel {
  /** How long a copy may be kept: RSS 2.0 `ttl`, or the syndication module's update period. */
  readonly ttlMs?: number
  readonly hub?: string
  /** The address under which a hub knows the feed. */
  readonly self?: string
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const periodsMs: Readonly<Record<string, number>> = {
  hourly: hourMs,
  daily: dayMs,
  weekly: 7 * dayMs,
  monthly: 30 * dayMs,
  yearly: 365 * dayMs,
}

const firstEntry = /<(?:[\w-]{1,20}:)?(?:item|entry)[\s>]/i
const ttl = /<ttl>\s{0,20}(\d{1,6})\s{0,20}<\/ttl>/i
const updatePeriod = /<sy:updatePeriod>\s{0,20}(\w{1,10})\s{0,20}</i
const updateFrequency = /<sy:updateFrequency>\s{0,20}(\d{1,5})\s{0,20}</i
const linkTag = /<(?:[\w-]{1,20}:)?link\s([^<>]{1,2000})>/gi
const headerLink = /<([^<>]{1,2000})>([^<>]{0,500})/g

/**
 * Reads the head of a feed or HTML page, and the Link header (RFC 8288), which wins: REC WebSub 4.
 * Addresses are resolved against `url`, where the text was found.
 */
export function channelOf(text: string, url: string, linkHeader = ''): Channel {
  const start = text.slice(0, intakeLimits.channelCharsMax)
  const entryAt = start.search(firstEntry)
  const head = entryAt < 0 ? start : start.slice(0, entryAt)
  const links = [...linksInHeader(linkHeader), ...linksInMarkup(head)]
  const hub = addressOf(links, 'hub', url)
  const self = addressOf(links, 'self', url)
  const ttlMs = ttlOf(head)
  return {
    ...(ttlMs === undefined ? {} : { ttlMs }),
    ...(hub === undefined ? {} : { hub }),
    ...(self === undefined ? {} : { self }),
  }
}

interface Link {
  readonly rels: readonly string[]
  readonly href: string
}

function linksInHeader(header: string): Link[] {
  return [...header.matchAll(headerLink)].map(([, href = '', parameters = '']) => ({
    rels: relsOf(
      /;\s{0,20}rel\s{0,20}=\s{0,20}("[^"]{0,200}"|[^\s",;]{1,200})/i.exec(parameters)?.[1],
    ),
    href,
  }))
}

function linksInMarkup(head: string): Link[] {
  return [...head.matchAll(linkTag)].map(([, attributes = '']) => ({
    rels: relsOf(attributeIn(attributes, 'rel')),
    href: (attributeIn(attributes, 'href') ?? '').replaceAll('&amp;', '&').trim(),
  }))
}

function attributeIn(attributes: string, name: string): string | undefined {
  const pattern = new RegExp(
    `(?:^|\\s)${name}\\s{0,20}=\\s{0,20}("[^"]{0,2000}"|'[^']{0,2000}')`,
    'i',
  )
  return pattern.exec(attributes)?.[1]?.slice(1, -1)
}

function relsOf(text = ''): string[] {
  return text.replaceAll('"', '').toLowerCase().split(/\s+/)
}

function addressOf(links: readonly Link[], rel: string, base: string): string | undefined {
  for (const { rels, href } of links) {
    if (!rels.includes(rel) || href === '' || !URL.canParse(href, base)) continue
    const url = new URL(href, base)
    if (url.protocol === 'https:' || url.protocol === 'http:') return url.href
  }
  return undefined
}

function ttlOf(head: string): number | undefined {
  const minutes = Number(ttl.exec(head)?.[1] ?? 0)
  const periodMs = periodsMs[updatePeriod.exec(head)?.[1]?.toLowerCase() ?? ''] ?? 0
  const times = Number(updateFrequency.exec(head)?.[1] ?? 1)
  const longest = Math.max(minutes * minuteMs, periodMs / Math.max(1, times))
  return longest > 0 ? longest : undefined
}
