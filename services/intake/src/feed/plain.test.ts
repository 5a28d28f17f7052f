import { describe, expect, it } from 'vitest'
import { intakeLimits } from '../limits.js'
import { plainEntries } from './plain.js'
import { readWithRssParser } from './rss-parser-reader.js'
import { readTolerantly } from './tolerant-reader.js'

const url = 'https://feeds.example.org/de/all.rss'

const rss = `<rss version="2.0"><channel><title>All &amp; more</title><link>https://example.org/</link>
<language>de-de</language><item><title>One &amp; <![CDATA[two & three]]></title><link>/1</link>
<description>&lt;p&gt;R&amp;amp;D&lt;/p&gt;</description><category>a</category><category>b</category>
<pubDate>Mon, 13 Jul 2026 21:19:00 +0000</pubDate><author>Ada</author><guid isPermaLink="false">g1</guid></item>
<item><guid>https://example.org/2</guid><title>Two</title><pubDate>Tue, 14 Jul 2026 21:19:00 +0000</pubDate></item>
</channel></rss>`

const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>All</title><link href="https://example.org/"/>
<id>https://example.org/feed</id><entry><id>tag:example.org,2026:1</id><title type="html">One &lt;b&gt;</title>
<link rel="alternate" href="/1"/><published>2026-07-13T21:19:00Z</published><updated>2026-07-14T21:19:00Z</updated>
<author><name>Ada</name></author><summary>Short</summary><content type="html">&lt;p&gt;Long&lt;/p&gt;</content></entry>
<entry><id>https://example.org/2</id><title>Two</title><updated>2026-07-15T21:19:00Z</updated></entry></feed>`

describe('a plain feed', () => {
  it.each([
    ['RSS', rss, 'rss'],
    ['Atom', atom, 'feed'],
  ])('of %s says the same to both readers', async (_name, xml, root) => {
    expect(plainEntries(xml, root)).toBe(2)
    const byRssParser = await readWithRssParser(xml, url)
    expect(byRssParser).toEqual(readTolerantly(xml, url, intakeLimits))
    expect(byRssParser.entries).toHaveLength(2)
  })

  it.each([
    ['has no version', rss.replace(' version="2.0"', '')],
    [
      'declares a namespace',
      rss.replace('<rss', '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"'),
    ],
    ['uses a prefix', rss.replace('<author>', '<dc:creator/><author>')],
    ['holds files', rss.replace('<author>', '<enclosure url="x"/><author>')],
    ['names two links', rss.replace('<author>', '<link>/2</link><author>')],
    ['has HTML entities', rss.replace('&amp;', '&eacute;')],
    ['has raw ampersands', rss.replace('&amp;', '&')],
    ['holds naked markup', rss.replace('&amp;', '<b>x</b>')],
    ['breaks off', rss.slice(0, -10)],
    ['has crossed tags', rss.replace('</title>', '</link>')],
    ['goes on after its end', `${rss}<rss/>`],
    ['has entries within entries', rss.replace('<author>', '<item></item><author>')],
    ['has an instruction within', rss.replace('<item>', '<?x?><item>')],
  ])('is none that %s', (_name, xml) => {
    expect(plainEntries(xml, 'rss')).toBeUndefined()
  })

  it.each([
    ['another version', atom.replace('2005/Atom', '2003/Atom')],
    ['a base', atom.replace('<entry>', '<entry xml:base="/x/">')],
    ['XHTML', atom.replace('type="html"', 'type="xhtml"')],
    ['a self link', atom.replace('rel="alternate"', 'rel="self"')],
    ['two links', atom.replace('<summary>', '<link href="/2"/><summary>')],
  ])('is no Atom with %s', (_name, xml) => {
    expect(plainEntries(xml, 'feed')).toBeUndefined()
  })

  it('is never RDF', () => {
    expect(plainEntries('<rdf:RDF></rdf:RDF>', 'RDF')).toBeUndefined()
  })
})
