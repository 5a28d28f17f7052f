import { describe, expect, it } from 'vitest'
import { readFeed } from '../feed/read-feed.js'
import { piecesOf } from './piece.js'

const url = 'https://feeds.example.org/feed.xml'
const rss = (items: string, end = '</channel></rss>') =>
  `<rss version="2.0"><channel><title>Alle</title>${items}${end}`
const titlesOf = async (text: string) => {
  const { pieces, notes } = piecesOf(await readFeed(text, url))
  return { titles: pieces.map((piece) => JSON.parse(piece.body()).title), notes }
}

describe('piecesOf', () => {
  it('leaves out entries without words, and says how many', async () => {
    const items = `<item><title>Eins</title></item>
      <item><pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate></item>
      <item><link>https://example.org/2</link><guid>2</guid><author>A</author></item>`
    const { titles, notes } = await titlesOf(rss(items))
    expect(titles).toEqual(['Eins'])
    expect(notes).toEqual(['2 entries have neither title nor text and were left out.'])
  })

  it('leaves out the entry that the feed breaks off in, however much of it is there', async () => {
    const items = '<item><title>Eins</title></item><item><title>Zwei</title><description>Ein'
    const { titles, notes } = await titlesOf(rss(items, ''))
    expect(titles).toEqual(['Eins'])
    expect(notes).toEqual([expect.stringMatching(/1 whole entries/)])
  })
})
