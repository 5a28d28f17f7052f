import type { FeedEntry } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { readFeed } from './read-feed.js'

const url = 'https://feeds.example.org/de/all.rss'
const namespaces = `xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:a="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"`
const wrappers = {
  rss: (entry: string) =>
    `<rss version="2.0" ${namespaces}><channel><item>${entry}</item></channel></rss>`,
  atom: (entry: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom" ${namespaces}><entry>${entry}</entry></feed>`,
  atom03: (entry: string) =>
    `<feed version="0.3" xmlns="http://purl.org/atom/ns#" ${namespaces}><entry>${entry}</entry></feed>`,
}

async function entryOf(text: string): Promise<FeedEntry | undefined> {
  return (await readFeed(text, url)).entries[0]
}

type Row = [name: string, kind: keyof typeof wrappers, entry: string, expected: Partial<FeedEntry>]

const titles: Row[] = [
  [
    'text',
    'atom',
    '<title type="text">R&amp;D &amp;amp; more</title>',
    { title: 'R&D &amp; more' },
  ],
  [
    'HTML',
    'atom',
    '<title type="html">A &lt;b&gt;bold&lt;/b&gt; move</title>',
    { title: 'A <b>bold</b> move' },
  ],
  [
    'XHTML',
    'atom',
    '<title type="xhtml"><h:div>A <h:b>bold</h:b> R&amp;D</h:div></title>',
    { title: 'A <b>bold</b> R&amp;D' },
  ],
  ['base64', 'atom', '<title type="application/octet-stream">S8O2bG4=</title>', { title: 'Köln' }],
  [
    'base64 by mode',
    'atom03',
    '<title mode="base64" type="text/html">S8O2bG4=</title>',
    { title: 'Köln' },
  ],
  ['CDATA', 'rss', '<title><![CDATA[R&D &amp; more]]></title>', { title: 'R&D &amp; more' }],
  [
    'CDATA and text',
    'rss',
    '<title>One <![CDATA[& two]]> three</title>',
    { title: 'One & two three' },
  ],
  ['naked markup', 'rss', '<title>A <b>bold</b> move</title>', { title: 'A <b>bold</b> move' }],
  [
    'HTML entities',
    'rss',
    '<title>Caf&eacute; &ndash; &foo; &#8364; &#128;</title>',
    { title: 'Café – &foo; € €' },
  ],
  ['raw ampersands and brackets', 'rss', '<title>A & B < C</title>', { title: 'A & B < C' }],
  ['Dublin Core alone', 'rss', '<dc:title>From DC</dc:title>', { title: 'From DC' }],
  [
    'podcast titles beside',
    'rss',
    '<itunes:title>No</itunes:title><title>Yes</title>',
    { title: 'Yes' },
  ],
  [
    'pictures titles beside',
    'rss',
    '<media:title>No</media:title><title>Yes</title>',
    { title: 'Yes' },
  ],
  [
    'source titles beside',
    'atom',
    '<source><title>No</title></source><title>Yes</title>',
    { title: 'Yes', extensions: { source: ['No'] } },
  ],
  [
    'image titles beside',
    'rss',
    '<image><title>No</title></image><title>Yes</title>',
    { title: 'Yes' },
  ],
  [
    'an end that is missing',
    'rss',
    '<title>Open<link>https://example.org/1</link>',
    { title: 'Open<link>https://example.org/1</link>' },
  ],
  [
    'text that was encoded twice',
    'rss',
    '<title>GrÃ¶ÃŸe â€“ ein Wort</title>',
    { title: 'Größe – ein Wort' },
  ],
  ['text of which a part looks encoded twice', 'rss', '<title>Ã¼ Ж</title>', { title: 'Ã¼ Ж' }],
]

const links: Row[] = [
  [
    'an alternate in RSS',
    'rss',
    '<a:link rel="alternate" href="/x"/>',
    { link: 'https://feeds.example.org/x' },
  ],
  [
    'its text before alternates',
    'rss',
    '<a:link href="/a"/><link>/x</link>',
    { link: 'https://feeds.example.org/x' },
  ],
  ['a guid', 'rss', '<guid>https://example.org/1</guid>', { link: 'https://example.org/1' }],
  [
    'a guid that says it is one',
    'rss',
    '<guid isPermaLink="true">rel/1</guid>',
    { link: 'https://feeds.example.org/de/rel/1', guid: 'rel/1' },
  ],
  [
    'no guid that says it is none',
    'rss',
    '<guid isPermaLink="false">https://example.org/1</guid>',
    { link: undefined },
  ],
  [
    'a page before other formats',
    'atom',
    '<link type="application/json" href="/j"/><link type="text/html" href="/x"/>',
    { link: 'https://feeds.example.org/x' },
  ],
  ['no self link', 'atom', '<link rel="self" href="/s"/><title>t</title>', { link: undefined }],
  [
    'the place of the content',
    'atom',
    '<content src="/c" type="text/html"/>',
    { link: 'https://feeds.example.org/c' },
  ],
  [
    'an address with a raw ampersand',
    'rss',
    '<link>/?a=1&b=2&copy=3</link>',
    { link: 'https://feeds.example.org/?a=1&b=2&copy=3' },
  ],
  [
    'an attribute without quotes',
    'atom',
    '<link href=/x />',
    { link: 'https://feeds.example.org/x' },
  ],
]

const dates: Row[] = [
  [
    'RSS',
    'rss',
    '<pubDate>Di, 14 Jul</pubDate><dc:date>2026</dc:date>',
    { published: 'Di, 14 Jul' },
  ],
  ['Dublin Core', 'rss', '<dc:date>2026-07-14</dc:date>', { published: '2026-07-14' }],
  [
    'its terms',
    'rss',
    '<dcterms:issued>1</dcterms:issued><dcterms:modified>2</dcterms:modified>',
    { published: '1', updated: '2' },
  ],
  [
    'Atom in RSS',
    'rss',
    '<a:published>1</a:published><a:updated>2</a:updated>',
    { published: '1', updated: '2' },
  ],
  [
    'Atom 0.3',
    'atom03',
    '<created>0</created><issued>1</issued><modified>2</modified>',
    { published: '1', updated: '2' },
  ],
  ['Atom 0.3, created only', 'atom03', '<created>0</created>', { published: '0' }],
]

const texts: Row[] = [
  [
    'the whole before the teaser',
    'rss',
    '<description>short</description><content:encoded>long</content:encoded>',
    { content: 'long', summary: 'short' },
  ],
  ['a teaser alone', 'rss', '<description>short</description>', { content: 'short' }],
  [
    'the second description',
    'rss',
    '<description>one</description><description>two</description>',
    { content: 'two', summary: 'one' },
  ],
  [
    'an XHTML body',
    'rss',
    '<h:body><h:p>x &amp; y</h:p></h:body>',
    { content: '<p>x &amp; y</p>' },
  ],
  [
    'XHTML without its wrapper',
    'atom',
    '<content type="xhtml"><h:div><h:p class="a&quot;b">x<h:br/></h:p></h:div></content>',
    { content: '<p class="a&quot;b">x<br/></p>' },
  ],
  [
    'text that must not become markup',
    'atom',
    '<content type="text">a &lt;b&gt; c</content>',
    { content: 'a &lt;b&gt; c' },
  ],
  [
    'escaped HTML',
    'atom',
    '<content type="html">&lt;p&gt;a &amp;lt; c&lt;/p&gt;</content>',
    { content: '<p>a &lt; c</p>' },
  ],
  [
    'addresses within HTML',
    'rss',
    `<description>&lt;a href="/x">&lt;img src='y.jpg'>&lt;a href="#n">&lt;a href="mailto:a@b.c"></description>`,
    {
      content: `<a href="https://feeds.example.org/x"><img src='https://feeds.example.org/de/y.jpg'><a href="#n"><a href="mailto:a@b.c">`,
    },
  ],
  [
    'addresses within XHTML',
    'atom',
    '<content type="xhtml" xml:base="http://b.example.org/c/"><h:div><h:a href="d">e</h:a></h:div></content>',
    { content: '<a href="http://b.example.org/c/d">e</a>' },
  ],
  [
    'an author with a name',
    'atom',
    '<author><name>Ada</name><email>a@b.c</email></author>',
    { author: 'Ada' },
  ],
  ['an author in Dublin Core', 'rss', '<dc:creator>Ada</dc:creator>', { author: 'Ada' }],
]

describe.each([
  ['titles', titles],
  ['links', links],
  ['dates', dates],
  ['texts', texts],
] as const)('%s of an entry', (_what, rows) => {
  it.each(rows)('reads %s (%s)', async (_name, kind, entry, expected) => {
    const read = await entryOf(wrappers[kind](entry))
    expect(read).toBeDefined()
    for (const [field, value] of Object.entries(expected)) {
      expect(read?.[field as keyof FeedEntry]).toEqual(value)
    }
  })
})
