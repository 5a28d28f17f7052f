/** A document without fault, and ways to break it: the fault that must be found, from, to. */
interface Broken {
  readonly whole: string
  readonly breaks: readonly (readonly [fault: string, from: string, to: string])[]
}

const rss = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:fh="http://purl.org/syndication/history/1.0">
<channel>
<title>Newswire</title>
<link>https://wire.example.org/</link>
<description>Press releases</description>
<language>en</language>
<lastBuildDate>Sun, 01 Mar 2026 10:11:00 GMT</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="https://wire.example.org/feed"/>
<fh:archive/>
<atom:link rel="current" href="https://wire.example.org/feed"/>
<atom:link rel="prev-archive" href="https://wire.example.org/feed?archive=1"/>
<item>
<title>Sales &#x3C; last year</title>
<link>https://wire.example.org/items/na-1</link>
<guid isPermaLink="false">urn:newswire:na-1</guid>
<pubDate>Sun, 01 Mar 2026 10:11:00 GMT</pubDate>
<description>Sales fall.</description>
<content:encoded><![CDATA[<p>Sales <a href="https://a.example/">fall</a>.</p>]]></content:encoded>
<category domain="http://cv.iptc.org/newscodes/mediatopic/">business</category>
<dc:creator>Acme AG</dc:creator>
<enclosure url="https://img.example.org/a.jpg" length="0" type="image/jpeg"/>
<media:content url="https://img.example.org/a.jpg" type="image/jpeg" medium="image" width="800"/>
</item>
<item><title>Second</title><guid isPermaLink="true">https://wire.example.org/2</guid></item>
</channel>
</rss>`

const atom = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en">
<id>https://wire.example.org/feed</id>
<title>Newswire</title>
<updated>2026-03-01T10:11:00Z</updated>
<author><name>Newswire</name></author>
<link rel="self" href="https://wire.example.org/feed"/>
<fh:archive/>
<link rel="current" href="https://wire.example.org/feed"/>
<link rel="next-archive" href="https://wire.example.org/feed?archive=2"/>
<entry xml:lang="de">
<id>urn:newswire:na-1</id>
<title>Umsatz &lt; Vorjahr</title>
<updated>2026-03-01T10:11:00Z</updated>
<published>2026-03-01T10:10:00Z</published>
<author><name>Acme AG</name></author>
<link href="https://wire.example.org/items/na-1"/>
<summary>Der Umsatz</summary>
<content type="html">&lt;p>Der Umsatz &lt;b>sinkt&lt;/b>.&lt;/p></content>
<category term="medtop:04000000" scheme="http://cv.iptc.org/newscodes/mediatopic/" label="Wirtschaft"/>
<media:content url="https://img.example.org/a.jpg" type="image/jpeg"/>
</entry>
<entry><id>urn:newswire:na-2</id><title>Second</title><updated>2026-03-01T10:12:00Z</updated><link href="https://wire.example.org/items/na-2"/><summary>Text</summary></entry>
<at:deleted-entry ref="urn:newswire:na-3" when="2026-03-01T12:00:00Z"><at:comment>Withdrawn</at:comment></at:deleted-entry>
</feed>`

const opml = `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head><title>Newswire</title><dateModified>Sun, 01 Mar 2026 10:11:00 GMT</dateModified></head>
<body>
<outline text="Regions">
<outline type="rss" text="France" title="France" xmlUrl="https://wire.example.org/feeds/rss?region=FR" version="RSS2"/>
</outline>
</body>
</opml>`

/** By the format's name in addresses. */
export const brokenDocuments: Readonly<Record<string, Broken>> = {
  rss: {
    whole: rss,
    breaks: [
      ['InvalidRSSVersion', 'version="2.0" xmlns:atom', 'version="0.91" xmlns:atom'],
      ['MissingElement: channel description', '<description>Press releases</description>', ''],
      ['MissingDCLanguage', '<language>en</language>\n', ''],
      ['InvalidLanguage', '<language>en<', '<language>und<'],
      ['ReservedPrefix', 'xmlns:media="http://search.yahoo.com/mrss/"', 'xmlns:media="urn:x"'],
      ['UnknownNamespace', '<channel>', '<channel xmlns:newswire="urn:newswire:ns:1">'],
      ['BadCharacters', 'Sales fall.', 'Sales \ufffd fall.'],
      ['InvalidLanguage', '<channel>', '<channel xml:lang="german">'],
      ['UnregisteredAtomLinkRel', 'rel="current"', 'rel="newest"'],
      ['MissingSelf', 'rel="self"', 'rel="alternate"'],
      ['SelfDoesntMatchLocation', 'type="application/rss+xml" href="', '$&https://other.example/'],
      [
        'FeedHistoryRelInEntry',
        '<dc:creator>',
        '<atom:link rel="next" href="https://a.example/"/>$&',
      ],
      [
        'MissingCurrentInArchive',
        '<atom:link rel="current" href="https://wire.example.org/feed"/>',
        '',
      ],
      ['InvalidPositiveInteger', 'width="800"', 'width="0"'],
      ['UndefinedElement: subject', '<dc:creator>', '<subject>x</subject><dc:creator>'],
      ['UnexpectedAttribute', '<dc:creator>', '<dc:creator type="x">'],
      ['DuplicateElement: link', '<guid isPermaLink="false">', '<link>https://a.example/</link>$&'],
      ['NotBlank: dc:creator', 'Acme AG', ''],
      ['MisplacedItem', '</channel>', '<ttl>5</ttl></channel>'],
      ['MissingGuid', '<guid isPermaLink="true">https://wire.example.org/2</guid>', ''],
      ['DuplicateValue', 'https://wire.example.org/2', 'urn:newswire:na-1'],
      ['InvalidHttpGUID', 'isPermaLink="false"', 'isPermaLink="true"'],
      ['InvalidFullLink', '<link>https://wire.example.org/items/na-1', '<link>/items/na-1'],
      ['InvalidFullLink', '/items/na-1<', '/items/ä<'],
      ['InvalidRFC2822Date', 'Sun, 01 Mar 2026 10:11:00 GMT</pubDate>', '2026-03-01</pubDate>'],
      [
        'IncorrectDOW',
        'Sun, 01 Mar 2026 10:11:00 GMT</pubDate>',
        'Mon, 01 Mar 2026 10:11:00 GMT</pubDate>',
      ],
      ['ImplausibleDate', 'Sun, 01 Mar 2026 10:11:00 GMT</l', 'Thu, 01 Jan 1970 00:00:00 GMT</l'],
      ['ContainsHTML', 'Sales &#x3C; last', '&lt;b>Sales&lt;/b> last'],
      ['ContainsHTML: &copy', 'Sales &#x3C; last', 'Sales &amp;copy; last'],
      ['CharacterData', 'Sales &#x3C; last', 'Sales &lt;last'],
      ['SecurityRisk: <script>', '<p>Sales', '<script>1</script><p>Sales'],
      ['SecurityRisk: <iframe>', '<p>Sales', '<iframe src="https://a.example/"></iframe><p>Sales'],
      ['SecurityRiskAttr: p onclick', '<p>Sales', '<p onclick="a()">Sales'],
      ['SecurityRiskAttr: p align', '<p>Sales', '<p align="center">Sales'],
      ['DangerousStyleAttr', '<p>Sales', '<p style="color:red">Sales'],
      ['ContainsRelRef', 'https://a.example/', '/a'],
      ['SecurityRisk: a href', 'https://a.example/', 'javascript:alert(1)'],
      ['NotHtml', '</a>.</p>', '.</p></a>'],
      ['NotHtml', '<p>Sales', '<o:p>x</o:p><p>Sales'],
      ['NeedDescriptionBeforeContent', '<description>Sales fall.</description>', ''],
      ['InvalidContact', '<dc:creator>', '<author>Acme AG</author><dc:creator>'],
      [
        'DuplicateSemantics: author',
        '<dc:creator>',
        '<author>a@b.example (A)</author><dc:creator>',
      ],
      ['ContainsEmail', 'Acme AG', 'Acme &lt;info@acme.example>'],
      [
        'DuplicateEnclosure',
        '<enclosure',
        '<enclosure url="https://a.example/" length="1" type="a/b"/>$&',
      ],
      ['InvalidIntegerAttribute', 'length="0"', 'length="-1"'],
      ['ItemMustContainTitleOrDescription', '<title>Second</title>', ''],
    ],
  },
  atom: {
    whole: atom,
    breaks: [
      ['ReservedPrefix', 'xmlns:media="http://search.yahoo.com/mrss/"', 'xmlns:media="urn:x"'],
      ['UnknownNamespace', 'xmlns:at="http://purl.org/atompub/tombstones/1.0"', 'xmlns:at="urn:x"'],
      ['BadCharacters', 'Der Umsatz<', 'Der \u0085Umsatz<'],
      ['InvalidLanguage', 'xml:lang="de"', 'xml:lang="und"'],
      ['MissingHref', '<link href="https://wire.example.org/items/na-1"/>', '<link/>'],
      ['SelfDoesntMatchLocation', 'rel="self" href="https://wire', 'rel="self" href="http://wire'],
      ['FeedHistoryRelInEntry', '<summary>Text', '<link rel="next" href="https://a.example/"/>$&'],
      ['ArchiveIncomplete', 'rel="next-archive"', 'rel="next"'],
      ['InvalidMIMEAttribute', 'type="image/jpeg"', 'type="jpeg"'],
      ['MissingElement: entry title', '<title>Second</title>', ''],
      ['DuplicateElement: summary', '<summary>Text</summary>', '$&$&'],
      ['MisplacedMetadata', '</feed>', '<rights>x</rights></feed>'],
      ['InvalidURN', 'urn:newswire:na-2', 'urn:newswire:na 2'],
      ['DuplicateEntries', 'urn:newswire:na-2', 'urn:newswire:na-1'],
      ['NonCanonicalURI', '<id>https://wire', '<id>https://WIRE'],
      ['DuplicateUpdated', '10:12:00Z', '10:11:00Z'],
      ['ImplausibleDate', '<updated>2026', '<updated>1970'],
      ['InvalidRFC3339Date', '10:12:00Z', '10:12'],
      ['updated', '<published>2026', '<published>2027'],
      ['MissingElement: author', '<author><name>Newswire</name></author>', ''],
      ['NotBlank: name', 'Acme AG', ''],
      ['ContainsEmail', 'Acme AG', 'Acme &lt;info@acme.example>'],
      ['ContainsHTML', 'Umsatz &lt; Vorjahr', '&lt;b>Umsatz&lt;/b>'],
      ['ContainsHTML: &amp', 'Umsatz &lt; Vorjahr', 'F&amp;amp;E'],
      ['NotHtml', '<title>Umsatz &lt; Vorjahr', '<title type="html">Umsatz &lt;a Vorjahr'],
      ['NotBlank: summary', '<summary>Text', '<summary>'],
      ['SecurityRisk: <object>', '&lt;p>Der', '&lt;object>&lt;/object>&lt;p>Der'],
      ['MissingDCLanguage', ' xml:lang="en"', ''],
      ['MissingTextualContent', '<summary>Text</summary>', ''],
      ['DuplicateAtomLink', '<link href="https://wire.example.org/items/na-2"/>', '$&$&'],
      ['MissingAttribute: category', 'term="medtop:04000000"', 'term=""'],
      ['InvalidFullLink', 'scheme="http://cv.iptc.org/newscodes/mediatopic/"', 'scheme="medtop"'],
      ['UndefinedElement: issued', '<summary>Text', '<issued>x</issued>$&'],
      [
        'two tombstones',
        '</feed>',
        '<at:deleted-entry ref="urn:newswire:na-3" when="2026-03-01T12:00:00Z"/></feed>',
      ],
      [
        'lives on',
        'ref="urn:newswire:na-3" when="2026-03-01T12',
        'ref="urn:newswire:na-2" when="2026-03-01T09',
      ],
    ],
  },
  opml: {
    whole: opml,
    breaks: [
      ['InvalidOPMLVersion', 'version="2.0"', 'version="3.0"'],
      ['MissingElement: head', '<body>', '<foot/><body>'],
      ['InvalidRFC2822Date', 'Sun, 01 Mar 2026 10:11:00 GMT', '2026-03-01T10:11:00Z'],
      ['UndefinedElement', '<outline text="Regions">', '<p/>$&'],
      ['MissingAttribute: text', 'text="France" ', ''],
      ['UnexpectedAttribute', 'text="France"', 'text="France" lang="fr"'],
      ['MissingTitleAttr', ' title="France"', ''],
      ['MissingOutlineType', 'type="rss" ', ''],
      ['InvalidOutlineVersion', 'RSS2', 'ATOM'],
      ['NotHtml', 'text="France"', 'text="&lt;o:p>France"'],
    ],
  },
}
