import type { Newswire } from '@newswire/kit'
import { expect, vi } from 'vitest'

/** A release as a wire would push it: ninjs with a headline or a text that breaks what is naive. */
export interface Hostile {
  /** Unique; stands in the uri. */
  readonly name: string
  readonly language: string
  readonly headline: string
  /** What a reader has to show: one line, without what XML forbids. */
  readonly shown: string
  readonly html: string
  /** `published` and `updated`: RFC 3339, UTC. */
  readonly at: string
  readonly issuer?: string
}

const plain = '<p>The Acme Corporation opens a plant in Lyon, France, with 200 jobs.</p>'

/** Each breaks something in a generator, a validator or a reader that was looked at. */
export const hostile: readonly Hostile[] = [
  {
    ...{ name: 'less', language: 'de', html: plain, at: '2026-03-01T10:01:00Z' },
    headline: 'Umsatz < Vorjahr & Gewinn > Plan',
    shown: 'Umsatz < Vorjahr & Gewinn > Plan',
  },
  {
    ...{ name: 'entity', language: 'en', at: '2026-03-01T10:02:00Z' },
    headline: 'Bayer & Co: AT&T keeps R&D; x<y',
    shown: 'Bayer & Co: AT&T keeps R&D; x<y',
    html: '<p>5 &lt; 6 &amp;amp; &copy; 2026 &nbsp; &amp;lt;b&amp;gt; &#x1F600; &unknown; &</p>',
    issuer: 'Bayer & Co <KG>',
  },
  {
    ...{ name: 'emoji', language: 'en', at: '2026-03-01T10:03:00Z' },
    headline: '🚀 Rocket launch 👩‍👩‍👧 by “Acme”',
    shown: '🚀 Rocket launch 👩‍👩‍👧 by “Acme”',
    html: `${plain}<script>alert(1)</script><style>p{}</style><p onclick="x()" style="color:red">on</p>`,
  },
  {
    ...{ name: 'right-to-left', language: 'ar', html: plain, at: '2026-03-01T10:04:00Z' },
    headline: 'شركة «مثال» تفتتح مصنعا في ليون',
    shown: 'شركة «مثال» تفتتح مصنعا في ليون',
  },
  {
    ...{ name: 'separator', language: 'fr', at: '2026-03-01T10:05:00Z' },
    headline: 'Une ligne\u2028séparée\u0085et finie',
    shown: 'Une ligne séparée et finie',
    html: '<p>Un\u2028deux\u2029trois\u0085quatre\u00a0cinq</p><iframe src="https://x.example/"></iframe>',
  },
  {
    ...{ name: 'illegal', language: 'de', at: '2026-03-01T10:06:00Z' },
    headline: 'Umsatz\b steigt \u000b\u001b\ufffeum\uffff 5 %',
    shown: 'Umsatz steigt um 5 %',
    html: '<p>Der Umsatz\b steigt\u001b um\ufffe 5 % &#8; &#x1b; &#xffff; &#0;.</p>',
  },
  {
    ...{ name: 'cdata', language: 'en', at: '2026-03-01T10:07:00Z' },
    headline: 'End ]]> of <![CDATA[ a section',
    shown: 'End ]]> of <![CDATA[ a section',
    html: '<p>Some ]]> text <![CDATA[ more ]]> <!-- comment --> text -- here</p>',
  },
  {
    ...{ name: 'quotes', language: 'it', at: '2026-03-01T10:08:00Z' },
    headline: `"Doppie" e 'semplici' «virgolette»`,
    shown: `"Doppie" e 'semplici' «virgolette»`,
    html: `<p>A <a href="/relative?a=1&b=2" target="_blank">link</a>, <a href="javascript:alert(1)">bad</a>,
      <a href="//cdn.example/x">bare</a> <img src="pic.jpg" alt='"'> <img src="data:image/gif;base64,AA"></p>`,
  },
  {
    ...{ name: 'obsolete', language: 'es', at: '2026-03-01T10:09:00Z' },
    headline: 'Elementos <obsoletos> y <b>etiquetas</b> en el título',
    shown: 'Elementos <obsoletos> y etiquetas en el título',
    html: `<center><font color="red">rojo</font> <marquee>pasa</marquee> <blink>b</blink></center>
      <table bgcolor="#fff" border="1"><tr><td nowrap>1</table> <form><input name="x"></form>
      <object data="x.swf"></object><embed src="x.swf"><svg onload="a()"><circle/></svg>
      <video src="v.mp4" controls></video><o:p>word</o:p> <p align="center">fin<br>de <b>todo`,
  },
  {
    // Titles of wires are escaped once too often so commonly that one layer of that is taken off.
    ...{ name: 'double', language: 'en', at: '2026-03-01T10:10:00Z' },
    headline: 'A title about &amp;copy; and &amp;lt;b&amp;gt; and &amp;amp; signs',
    shown: 'A title about &copy; and &lt;b&gt; and &amp; signs',
    html: plain,
    issuer: 'info@acme.example (Acme)',
  },
  {
    ...{ name: 'surrogate', language: 'en', at: '2026-03-01T10:11:00Z' },
    headline: `Half \ud83d a sign ${'and a very long headline '.repeat(20)}end`,
    shown: `Half a sign ${'and a very long headline '.repeat(20)}end`,
    html: '<p>Half \udc00 a sign, and half \ud83d another.</p>',
  },
  {
    // Two releases of one second: the validator remarks on two entries with one atom:updated.
    ...{ name: 'twin', language: 'en', html: plain, at: '2026-03-01T10:11:00Z' },
    headline: 'A second release of the same second',
    shown: 'A second release of the same second',
  },
]

/** As ninjs 3.1, to be pushed; `own` wins. */
export function releaseOf(item: Hostile, own: object = {}): object {
  return {
    ...{ uri: uriOf(item.name), version: '1', language: item.language },
    ...{ firstCreated: item.at, versionCreated: item.at },
    headlines: [{ role: 'main', value: item.headline }],
    bodies: [{ role: 'main', contentType: 'text/html', value: item.html }],
    organisations: [{ name: item.issuer ?? `Acme ${item.name} & Söhne`, rel: 'issuer' }],
    associations: [
      {
        type: 'picture',
        headlines: [{ value: 'A picture "of" <Acme> & Co' }],
        renditions: [
          {
            href: `https://img.example.com/${item.name}.php?a=1&b=2`,
            contentType: 'image/jpeg',
            width: 800,
            height: 600,
            sizeInBytes: 12_345,
          },
        ],
      },
    ],
    ...own,
  }
}

function uriOf(name: string): string {
  return `urn:acme:${name}`
}

/** Waiting, also in hooks, where `expect.poll` may not stand. */
export const patience = { timeout: 20_000, interval: 30 } as const

/** Pushes releases in their order; gives their receipts. */
export async function push(newswire: Newswire, releases: readonly object[]): Promise<string[]> {
  const receipts: string[] = []
  for (const release of releases) {
    const answer = await newswire.api('/api/v1/items', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(release),
    })
    const said = await answer.text()
    expect(answer.status, said).toBe(202)
    receipts.push((JSON.parse(said) as { receipt: string }).receipt)
  }
  return receipts
}

/** Pushes releases and waits until feeds show them; gives their ids. */
export async function publish(newswire: Newswire, releases: readonly object[]): Promise<string[]> {
  const receipts = await push(newswire, releases)
  return Promise.all(receipts.map((receipt) => untilPublic(newswire, receipt)))
}

async function untilPublic(newswire: Newswire, receipt: string): Promise<string> {
  return vi.waitFor(async () => {
    const answer = await newswire.api(`/api/v1/receipts/${receipt}`)
    const { state, id = '', version = 0 } = (await answer.json()) as Receipt
    expect(state).toBe('normalized')
    expect(await publicVersion(newswire, id)).toBeGreaterThanOrEqual(version)
    return id
  }, patience)
}

interface Receipt {
  readonly state: string
  readonly id?: string
  readonly version?: number
}

/** The version that feeds show; 0 before there is one. */
async function publicVersion(newswire: Newswire, id: string): Promise<number> {
  const answer = await fetch(`${newswire.url}/feeds/ninjs?limit=500`)
  const { items } = (await answer.json()) as {
    items: { _newswire: { id: string; version: number } }[]
  }
  return items.find(({ _newswire }) => _newswire.id === id)?._newswire.version ?? 0
}
