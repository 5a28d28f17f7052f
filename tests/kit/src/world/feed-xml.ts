import type { Entry } from './entry.js'

/** How a feed writes its entries into XML. */
export type Manner = (entries: readonly Entry[], label: string) => string

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
const oneLine = (text: string) => text.replace(/\n+/g, ' ')
const prolog = (label: string) => `<?xml version="1.0" encoding="${label}"?>\n`
const guidOf = ({ guid, page }: Entry) => guid ?? page
const companyOf = ({ page }: Entry) => page.split('/').at(-2) ?? ''

/** RSS 2.0 as presseportal writes it: the issuer in `source`, a teaser, a constant author. */
export const presseportal: Manner = (entries, label) => {
  const items = entries.map((entry) => {
    const guid = guidOf(entry)
    return `<item><title>${escaped(entry.title)}</title>
<description>${escaped(oneLine(entry.teaser))}</description>
<link>${escaped(entry.page)}</link>${guid === '' ? '' : `<guid>${escaped(guid)}</guid>`}
<pubDate>${entry.published.toUTCString().replace('GMT', '+0000')}</pubDate>
<author>info@presseportal.de (presseportal.de)</author>
<source url="${escaped(entry.page)}">${escaped(entry.issuer)}</source>
<content:encoded><![CDATA[<b>${escaped(entry.issuer)}</b> [<a href="https://www.presseportal.de/nr/${companyOf(entry)}">Newsroom</a>]<br/>${escaped(oneLine(entry.teaser))}<a href="${escaped(entry.page)}">Lesen Sie hier weiter...</a><br clear="all" /><p><small>Original-Content von: ${escaped(entry.issuer)}, übermittelt durch news aktuell</small></p>]]></content:encoded></item>`
  })
  return `${prolog(label)}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Presseportal.de - Meldungen der Welt</title><link>https://www.presseportal.de/</link>
<description>Alle Meldungen</description><language>de-de</language><ttl>6</ttl>
${items.join('\n')}
</channel></rss>`
}

/**
 * RSS 2.0 as PR Newswire writes it: the issuer in `dc:contributor`, industries as names and codes.
 */
export const prnewswire: Manner = (entries, label) => {
  const items = entries.map((entry) => {
    const guid = guidOf(entry)
    const paragraphs = entry.teaser.split('\n\n').map((text) => `<p>${escaped(text)}</p>`)
    return `<item><title>${escaped(entry.title)}</title><link>${escaped(entry.page)}</link>
${guid === '' ? '' : `<guid isPermaLink="true">${escaped(guid)}</guid>`}
<pubDate>${entry.published.toUTCString().replace('GMT', '+0000')}</pubDate>
<description><![CDATA[${paragraphs.join('')}]]></description>
<prn:industry>General Manufacturing</prn:industry><prn:industry>MFG</prn:industry>
<dc:contributor>${escaped(entry.issuer)}</dc:contributor>
<dc:language>${entry.language}</dc:language>
<dc:publisher>PR Newswire Association LLC.</dc:publisher></item>`
  })
  return `${prolog(label)}<rss version="2.0" xmlns:prn="http://www.prnewswire.com/ns/0.1/#" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>All News Releases</title><link>https://www.prnewswire.com/rss/news-releases-list.rss</link>
<description>All releases</description><language>en-us</language>
${items.join('\n')}
</channel></rss>`
}

/** Atom 1.0 with the same teasers. */
export const atom: Manner = (entries, label) => {
  const items = entries.map((entry) => {
    const guid = guidOf(entry)
    return `<entry><title type="text">${escaped(entry.title)}</title>
<link rel="alternate" href="${escaped(entry.page)}"/>${guid === '' ? '' : `<id>${escaped(guid)}</id>`}
<published>${entry.published.toISOString()}</published>
<author><name>${escaped(entry.issuer)}</name></author>
<source><title>${escaped(entry.issuer)}</title></source>
<summary type="text">${escaped(oneLine(entry.teaser))}</summary></entry>`
  })
  return `${prolog(label)}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Meldungen der Welt</title>
<id>urn:world:atom</id><updated>2026-01-01T00:00:00Z</updated><link href="https://www.presseportal.de/"/>
${items.join('\n')}
</feed>`
}

const beyondLatin1: Readonly<Record<string, number>> = { '„': 0x84, '“': 0x93, '–': 0x96 }

/** As windows-1252 writes it: Latin-1 with signs where Latin-1 has control characters. */
export function windows1252(text: string): Buffer {
  return Buffer.from([...text].map((sign) => beyondLatin1[sign] ?? sign.codePointAt(0) ?? 0))
}
