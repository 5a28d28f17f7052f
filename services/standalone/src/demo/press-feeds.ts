import { type Answer, startLoopback } from './loopback.js'
import { moodAt } from './mood.js'
import { pageOf, type Release, uriOf } from './release.js'

export interface PressFeed {
  readonly name: string
  readonly url: string
  /** The token of its wire. */
  readonly wire: string
}

export interface PressFeeds {
  readonly all: readonly PressFeed[]
  /** Puts a release at the head of both. */
  add(release: Release): void
  stop(): Promise<void>
}

const entriesMax = 30

/** Two RSS feeds for the house to poll; the second one is down as often as the failing desk. */
export async function startPressFeeds(): Promise<PressFeeds> {
  const began = performance.now()
  const entries: Release[] = []
  const web = await startLoopback(({ path }) => {
    const isDown = path === '/shaky.example' && moodAt(performance.now() - began) === 'broken'
    return isDown ? { status: 503 } : feedOf(path.slice(1), entries)
  })
  return {
    all: [
      { name: 'Press feed (demo)', url: `${web.url}/press.example`, wire: 'press-example' },
      { name: 'Shaky feed (demo)', url: `${web.url}/shaky.example`, wire: 'shaky-example' },
    ],
    add(release) {
      entries.unshift(release)
      entries.length = Math.min(entries.length, entriesMax)
    },
    stop: web.stop,
  }
}

/** Both feeds bring the same releases, each under a name of its own: one story on two wires. */
function feedOf(domain: string, entries: readonly Release[]): Answer {
  const items = entries.map((release) => {
    const fields = {
      ...{ title: release.headline, link: pageOf(release) },
      ...{ 'dc:creator': release.issuer, 'dc:language': release.language },
      description: release.textOf(1).join('\n\n'),
      pubDate: release.published.toUTCString(),
    }
    const rows = Object.entries(fields).map(([name, value]) => `<${name}>${safe(value)}</${name}>`)
    return `<item><guid isPermaLink="false">${safe(uriOf(release, domain))}</guid>${rows.join('')}</item>`
  })
  const head = `<title>Demo</title><link>https://demo.example/</link><description>Demo</description>`
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${head}${items.join('\n')}</channel></rss>
`
  return { status: 200, type: 'application/rss+xml; charset=utf-8', body }
}

function safe(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
