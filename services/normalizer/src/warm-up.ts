import { type FeedEntry, type RawItem, rawContentTypes } from '@newswire/model'
import { normalise } from './normalise.js'

const text = `Muster AG: Neues Werk in Bonn (FOTO)

Bonn (ots) - Die Muster AG (NYSE: MSTR) hat am 12. Januar 2026 ein Werk eröffnet.

– Es steht unter https://muster.example/werk.

"Wir freuen uns", sagte Erika Muster.

Pressekontakt:
Muster AG, presse@muster.example, Tel. +49 228 0

Original-Content von: Muster AG, übermittelt durch news aktuell`

const entry: FeedEntry = {
  guid: 'https://www.presseportal.de/pm/1/1000001',
  link: 'https://www.presseportal.de/pm/1/1000001',
  title: 'Muster AG: Werk &amp; Bahnhof',
  summary: 'BONN, Germany, Jan. 12, 2026 /PRNewswire/ -- The works of Muster AG are open ...',
  content: '<p>The works are <b>open</b>.<img src="https://muster.example/a.jpg"></p>',
  published: 'Mon, 12 Jan 2026 10:00:00 +0100',
  categories: [],
  enclosures: [],
  extensions: {},
  feed: {},
}

const ninjs = { uri: 'urn:example:warm', headline: 'Works open', body_html: '<p>Open.</p>' }

/**
 * Reads a few releases of nobody, so that patterns are compiled before the first release of
 * somebody comes: that one would take a tenth of a second, and those behind it would wait.
 */
export function warmUp(received: string): void {
  const raw = { source: 'push', door: 'push', received, rights: 'full' } as const
  const bodies: Pick<RawItem, 'contentType' | 'body'>[] = [
    { contentType: rawContentTypes.text, body: text },
    { contentType: rawContentTypes.entry, body: JSON.stringify(entry) },
    { contentType: rawContentTypes.ninjs, body: JSON.stringify(ninjs) },
  ]
  for (const body of bodies) normalise({ ...raw, ...body })
}
