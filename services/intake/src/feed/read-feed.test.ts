import { describe, expect, it } from 'vitest'
import { intakeLimits } from '../limits.js'
import { FeedError } from './feed-error.js'
import { readFeed } from './read-feed.js'

const url = 'https://feeds.example.org/de/all.rss'
const rss = (items: string, channel = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:prn="http://www.prnewswire.com/ns/0.1/#" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/"><channel><title>All</title>${channel}${items}</channel></rss>`

describe('readFeed', () => {
  it('keeps each issuer, industry and subject element of a PR Newswire entry in its order', async () => {
    const { entries, feed } = await readFeed(
      rss(
        `<item><title>Acme opens a plant</title>
        <link>https://www.example.com/news-releases/acme-opens-301264222.html</link>
        <guid>https://www.example.com/news-releases/acme-opens-301264222.html</guid>
        <pubDate>Mon, 13 Jul 2026 21:19:00 +0000</pubDate>
        <description><![CDATA[<p>OSLO, July 13, 2026 /PRNewswire/ -- Acme & Sons ...</p>]]></description>
        <media:content url="/media/1.jpg?a=1&amp;b=2" type="image/jpeg">
        <media:text>&lt;a>x</media:text><media:credit role="publishing company">PRNewswire</media:credit>
        </media:content>
        <prn:industry>Mining &amp; Metals </prn:industry><prn:industry>JWL</prn:industry>
        <prn:industry>MNG</prn:industry><prn:subject>Accounting News</prn:subject>
        <dc:subject>ACC</dc:subject><dc:contributor>Acme AS</dc:contributor>
        <dc:language>en-US</dc:language><dc:publisher>Wire LLC.</dc:publisher></item>`,
        '<language>en-us</language><pubDate>Tue, 14 Jul 2026 00:45:05 +0000</pubDate>',
      ),
      url,
    )
    expect(feed).toEqual({ title: 'All', language: 'en-us', url })
    expect(entries).toEqual([
      {
        guid: 'https://www.example.com/news-releases/acme-opens-301264222.html',
        link: 'https://www.example.com/news-releases/acme-opens-301264222.html',
        title: 'Acme opens a plant',
        content: '<p>OSLO, July 13, 2026 /PRNewswire/ -- Acme & Sons ...</p>',
        published: 'Mon, 13 Jul 2026 21:19:00 +0000',
        categories: [],
        enclosures: [
          {
            url: 'https://feeds.example.org/media/1.jpg?a=1&b=2',
            type: 'image/jpeg',
            credit: 'PRNewswire',
          },
        ],
        extensions: {
          'prn:industry': ['Mining & Metals', 'JWL', 'MNG'],
          'prn:subject': ['Accounting News'],
          'dc:subject': ['ACC'],
          'dc:contributor': ['Acme AS'],
          'dc:language': ['en-US'],
          'dc:publisher': ['Wire LLC.'],
        },
        feed,
      },
    ])
  })

  it('keeps the issuer that presseportal names in source, and both of its texts', async () => {
    const { entries } = await readFeed(
      rss(
        `<item><title>POL-XY: Einbruch</title><description>Musterstadt (ots) - Am &quot;Markt&quot; ...</description>
        <link>https://www.example.com/blaulicht/pm/117/6361691</link>
        <guid>https://www.example.com/blaulicht/pm/117/6361691</guid>
        <content:encoded><![CDATA[<b>Polizei</b> Musterstadt (ots) - Am ...]]></content:encoded>
        <source url="https://www.example.com/x">Polizei Musterstadt</source></item>`,
      ),
      url,
    )
    expect(entries[0]).toMatchObject({
      content: '<b>Polizei</b> Musterstadt (ots) - Am ...',
      summary: 'Musterstadt (ots) - Am "Markt" ...',
      extensions: { source: ['Polizei Musterstadt'] },
    })
  })

  it('reads Atom with every sort of title and link, and with dates that no one can read', async () => {
    const { entries, feed } = await readFeed(
      `<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">News</title>
      <link rel="alternate" href="/"/>
      <entry><id>tag:example.org,2026:1</id><title type="xhtml"><div>Bold <b>move</b></div></title>
      <link>https://example.org/plain</link><published>gestern</published><updated>2026-01-02T03:04:05Z</updated>
      <category term="energy"/><summary type="html">&lt;p>Short&lt;/p></summary></entry>
      <entry><id>tag:example.org,2026:2</id><title>Two</title><link rel="self" href="/self"/>
      <link rel="enclosure" href="/a.pdf" type="application/pdf"/><link href="/two"/>
      <content type="html">&lt;p>Long&lt;/p></content></entry></feed>`,
      url,
    )
    expect(feed).toMatchObject({ title: 'News', link: 'https://feeds.example.org/' })
    expect(entries[0]).toMatchObject({
      guid: 'tag:example.org,2026:1',
      link: 'https://example.org/plain',
      published: 'gestern',
      updated: '2026-01-02T03:04:05Z',
      categories: ['energy'],
      content: '<p>Short</p>',
    })
    expect(entries[0]?.title).toBe('Bold <b>move</b>')
    expect(entries[1]).toMatchObject({
      link: 'https://feeds.example.org/two',
      content: '<p>Long</p>',
      enclosures: [{ url: 'https://feeds.example.org/a.pdf', type: 'application/pdf' }],
    })
  })

  it('reads RDF and RSS without a version', async () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>R</title></channel>
      <item rdf:about="https://example.org/1"><title>One</title><dc:date>2026-02-03T04:05:06Z</dc:date></item></rdf:RDF>`
    const read = await readFeed(rdf, url)
    expect(read.entries[0]).toMatchObject({
      guid: 'https://example.org/1',
      title: 'One',
      published: '2026-02-03T04:05:06Z',
    })
    const plain = '<rss><channel><item><title>x</title></item></channel></rss>'
    expect((await readFeed(plain, url)).entries).toHaveLength(1)
  })

  it('never resolves a DOCTYPE', async () => {
    const xml = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">
      <!ENTITY a "]>">]><rss version="2.0"><channel><item><title>x</title></item></channel></rss>`
    expect((await readFeed(xml, url)).entries[0]?.title).toBe('x')
    const used = xml.replace('<title>x', '<title>&x;')
    expect((await readFeed(used, url)).entries[0]?.title).toBe('&x;')
    const holdsMarkup = xml.replace('"]>"', '"<item><title>y</title></item>"')
    expect((await readFeed(holdsMarkup, url)).entries.map(({ title }) => title)).toEqual(['x'])
  })

  it('mends a raw ampersand outside of CDATA once', async () => {
    const { entries } = await readFeed(
      rss(`<item><title>A &amp; B & C</title><link>https://example.org/?a=1&b=2</link>
        <description><![CDATA[R&D]]></description></item>`),
      url,
    )
    expect(entries[0]).toMatchObject({
      title: 'A & B & C',
      link: 'https://example.org/?a=1&b=2',
      content: 'R&D',
    })
  })

  it('strips control characters that came as references', async () => {
    const { entries } = await readFeed(rss('<item><title>up &#8;and &#11;on</title></item>'), url)
    expect(entries[0]?.title).toBe('up and  on')
  })

  it.each([
    ['a web page', '<!DOCTYPE html><html><body>404</body></html>', /HTML, not a feed/],
    ['plain text', 'Service unavailable', /neither XML nor JSON/],
    ['JSON that is no feed', '{"a":1}', /no list of items/],
    ['broken JSON', '{"items":[{"id":', /JSON is broken/],
    ['nothing', '  ', /empty/],
    ['another XML', '<newsItem guid="x"/>', /<newsItem>/],
    ['bottomless nesting', `<rss>${'<a>'.repeat(5_000)}`, /nested deeper/],
    ['an entry of endless tags', rss(`<item>${'<a/>'.repeat(5_000)}</item>`), /tags/],
    [
      'endless names',
      rss(Array.from({ length: 10_001 }, (_, n) => `<item><a${n}/></item>`).join('')),
      /different names/,
    ],
    ['a tag of endless attributes', `<rss ${'a="" '.repeat(1_001)}>`, /attributes/],
  ])('refuses %s with a sentence', async (_name, text, sentence) => {
    await expect(readFeed(text, url)).rejects.toThrow(sentence)
    await expect(readFeed(text, url)).rejects.toThrow(FeedError)
  })

  it.each([
    ['rss', '<rss version="2.0"></rss>'],
    ['rss without an end', '<rss version="2.0"/>'],
    ['a channel', '<rss version="2.0"><channel/></rss>'],
    ['feed', '<feed xmlns="http://www.w3.org/2005/Atom"/>'],
  ])('reads an empty %s as a feed without entries', async (_name, text) => {
    expect(await readFeed(text, url)).toMatchObject({ entries: [], isCut: false })
  })

  it.each([
    ['within an entry', '<item><title>two</title><link>', 1, 'two'],
    ['within CDATA', '<item><title>two</title><description><![CDATA[t', 1, 'two'],
    ['within a title', '<item><title>tw', 1, 'tw'],
    ['between entries', '', 1, undefined],
    ['within a tag', '<item><title>two</title></item><it', 2, undefined],
  ])(
    'tells the whole entries of a feed that breaks off %s from what is broken',
    async (_name, rest, count, title) => {
      const whole = rss('<item><title>one</title></item>').replace('</channel></rss>', '')
      const { entries, broken, isCut, note } = await readFeed(`${whole}${rest}`, url)
      expect(entries.filter((entry) => entry !== broken)).toHaveLength(count)
      expect(broken?.title).toBe(title)
      expect(entries.at(-1)).toMatchObject(broken ?? {})
      expect(isCut).toBe(true)
      expect(note).toMatch(/breaks off/)
    },
  )

  it.each([
    ['its last tag', rss('<item><title>one</title></item>').slice(0, -3)],
    ['all of its last tag', rss('<item><title>one</title></item>').slice(0, -6)],
    ['an end', '<feed><entry><title>one</title></entry></fe'],
  ])('does not take a feed for cut off that lacks only %s', async (_name, text) => {
    expect(await readFeed(text, url)).toMatchObject({ isCut: false, entries: [{ title: 'one' }] })
  })

  it('reads only the newest entries of a flood, whatever their order', async () => {
    const items = Array.from({ length: 3_000 }, (_, index) => {
      const date = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toUTCString()
      return `<item><guid>g${index}</guid><title>t</title><pubDate>${date}</pubDate></item>`
    })
    const { entries, dropped } = await readFeed(rss(items.join('')), url)
    expect(entries).toHaveLength(500)
    expect(entries[0]?.guid).toBe('g2999')
    expect(dropped).toBe(2_500)
    const undated = items.map((item) => item.replace(/<pubDate>.*<\/pubDate>/, ''))
    expect((await readFeed(rss(undated.join('')), url)).entries[0]?.guid).toBe('g0')
  })

  it('is not led astray by entries within CDATA and comments', async () => {
    const item = '<item><guid>1</guid><description><![CDATA[</item><item>]]></description></item>'
    const { entries } = await readFeed(rss(`<!-- <item> -->${item}`), url, {
      ...intakeLimits,
      entriesMax: 1,
    })
    expect(entries).toHaveLength(1)
    expect(entries[0]?.content).toBe('</item><item>')
  })
})
