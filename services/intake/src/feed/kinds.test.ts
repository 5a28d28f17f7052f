import type { FeedEntry } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { readFeed } from './read-feed.js'

const url = 'https://feeds.example.org/de/all.rss'
const inRss = (entry: string) =>
  `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item>${entry}</item></channel></rss>`

async function entryOf(text: string): Promise<FeedEntry | undefined> {
  return (await readFeed(text, url)).entries[0]
}

describe('kinds of feeds', () => {
  it('reads a feed whose every element has a prefix', async () => {
    const feed = await readFeed(
      `<x:feed xmlns:x="http://www.w3.org/2005/Atom"><x:title>F</x:title>
      <x:entry><x:title>One</x:title><x:link href="/1"/></x:entry></x:feed>`,
      url,
    )
    expect(feed.feed.title).toBe('F')
    expect(feed.entries[0]).toMatchObject({ title: 'One', link: 'https://feeds.example.org/1' })
  })

  it('takes no element of another vocabulary within an entry for an entry', async () => {
    const data = '<data xmlns="urn:other"><entry><title>No</title></entry>'
    const feed = (end: string) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title xmlns="">One</title><content type="text/xml">
      ${data}${end}</entry><entry><title>Two</title></entry></feed>`
    for (const end of ['</data></content>', '<entry></content>', '']) {
      const { entries } = await readFeed(feed(end), url)
      expect(entries.map(({ title }) => title)).toEqual(['One', 'Two'])
    }
  })

  it('knows namespaces by their address, and by their prefix where the address is wrong', async () => {
    const entry = await entryOf(
      `<rss version="2.0" xmlns:D="http://purl.org/dc/elements/1.1/" xmlns:dc="http://purl.org/DC/wrong/">
      <channel><item><D:creator>Ada</D:creator><dc:date>2026-01-02</dc:date><atom:link href="/1"/>
      <wire:Code>7</wire:Code></item></channel></rss>`,
    )
    expect(entry).toMatchObject({
      author: 'Ada',
      published: '2026-01-02',
      link: 'https://feeds.example.org/1',
      extensions: { 'dc:creator': ['Ada'], 'wire:Code': ['7'] },
    })
  })

  it('reads CDF', async () => {
    const feed = await readFeed(
      `<CHANNEL HREF="http://cdf.example.org/" LASTMOD="2026-01-01T02:22"><TITLE>C</TITLE>
      <ITEM HREF="page/1" LASTMOD="2026-01-02T02:22"><TITLE>One</TITLE><ABSTRACT>Short</ABSTRACT></ITEM></CHANNEL>`,
      url,
    )
    expect(feed.feed).toMatchObject({ title: 'C', link: 'http://cdf.example.org/' })
    expect(feed.entries[0]).toMatchObject({
      title: 'One',
      link: 'https://feeds.example.org/de/page/1',
      updated: '2026-01-02T02:22',
      content: 'Short',
    })
  })

  it('reads RDF with its items beside the channel', async () => {
    const feed = await readFeed(
      `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
      <channel r:about="c"><title>R</title><link>/c</link></channel><image><title>no</title></image>
      <item r:about="https://example.org/1"><title>One</title></item></r:RDF>`,
      url,
    )
    expect(feed.feed).toMatchObject({ title: 'R', link: 'https://feeds.example.org/c' })
    expect(feed.entries).toMatchObject([{ guid: 'https://example.org/1', title: 'One' }])
  })

  it('resolves links against every xml:base around them', async () => {
    const entry = await entryOf(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example.org/x/"><entry xml:base="y/">
      <link xml:base="z/" href="1"/><link rel="enclosure" href="2"/></entry></feed>`,
    )
    expect(entry).toMatchObject({
      link: 'http://a.example.org/x/y/z/1',
      enclosures: [{ url: 'http://a.example.org/x/y/2' }],
    })
    const odd = inRss('<link xml:base="javascript:alert(1)/">1</link>')
    expect(await entryOf(odd)).toMatchObject({ link: 'https://feeds.example.org/de/1' })
  })

  it('reads files of every kind, with what their group says of them', async () => {
    const entry = await entryOf(
      inRss(`<enclosure url="/1.mp3" type="audio/mpeg"/><enclosure url="/2.mp3"/><enclosure>/3.mp3</enclosure>
      <media:content url="/4.jpg"><media:title>Four</media:title></media:content>
      <media:group><media:content url="/5.jpg"/><media:content url="/6.jpg"><media:description>Six</media:description>
      </media:content><media:credit>Ada</media:credit><media:description>All</media:description></media:group>`),
    )
    const at = (path: string) => `https://feeds.example.org${path}`
    expect(entry?.enclosures).toEqual([
      { url: at('/1.mp3'), type: 'audio/mpeg' },
      { url: at('/2.mp3') },
      { url: at('/3.mp3') },
      { url: at('/4.jpg'), caption: 'Four' },
      { url: at('/5.jpg'), caption: 'All', credit: 'Ada' },
      { url: at('/6.jpg'), caption: 'Six', credit: 'Ada' },
    ])
  })

  it.each([
    [
      'entries that end where the next begins',
      '<rss><channel><item><title>1</title><item><title>2</title></channel></rss>',
    ],
    [
      'a warning before the feed',
      '<br />Warning: disk full<rss><item><title>1</title></item><item><title>2</title></item></rss>',
    ],
    [
      'a quote that is missing',
      '<rss><channel><link href="/x><item><title>1</title></item><item><title>2</title></item></channel></rss>',
    ],
    [
      'tags in other cases',
      '<RSS><Channel><Item><title>1</TITLE></item><ITEM><Title>2</title></ITEM></channel></RSS>',
    ],
    [
      'crossed tags',
      '<rss><channel><item><title>1</item></title><item><title>2</item></title></channel></rss>',
    ],
  ])('reads a feed with %s', async (_name, text) => {
    const { entries, isCut } = await readFeed(text, url)
    expect(entries.map(({ title }) => title)).toEqual(['1', '2'])
    expect(isCut).toBe(false)
  })

  it('reads JSON Feed of both versions', async () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      home_page_url: '/home',
      language: 'de',
      items: [
        {
          id: 7,
          url: '/7',
          title: 'Seven',
          content_text: 'a <b',
          date_published: '2026-01-02T03:04:05Z',
          authors: [{ name: 'Ada' }],
          tags: ['x', 1, null],
          attachments: [{ url: '/f.pdf', mime_type: 'application/pdf' }, 3],
        },
        {
          id: '8',
          external_url: 'https://example.org/8',
          content_html: '<p>x</p>',
          summary: 's',
          date_published: '2026-01-01T03:04:05Z',
          author: { name: 'Bob' },
        },
        null,
      ],
    }
    const read = await readFeed(JSON.stringify(feed), url)
    expect(read.feed).toEqual({
      title: 'J',
      link: 'https://feeds.example.org/home',
      language: 'de',
      url,
    })
    expect(read.entries).toMatchObject([
      {
        guid: '7',
        link: 'https://feeds.example.org/7',
        content: 'a &lt;b',
        author: 'Ada',
        categories: ['x', '1'],
        enclosures: [{ url: 'https://feeds.example.org/f.pdf', type: 'application/pdf' }],
      },
      {
        guid: '8',
        link: 'https://example.org/8',
        content: '<p>x</p>',
        summary: 's',
        author: 'Bob',
      },
    ])
  })
})
