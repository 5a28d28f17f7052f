import { releaseText } from './releases.js'

const teaserChars = 240

/**
 * A feed of `count` releases as presseportal (even ones) and PR Newswire (odd ones) write them: a
 * teaser, the same teaser as HTML, and the elements by which the wires tell issuer and subjects.
 */
export function feedText(count: number): string {
  const items = Array.from({ length: count }, (_, n) => (n % 2 === 0 ? otsItem(n) : prnItem(n)))
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:prn="http://www.prnewswire.com/ns/0.1/#">
<channel><title>Releases</title><link>https://wire.example.org/</link><language>de-de</language>
<ttl>6</ttl><atom:link href="https://wire.example.org/all.rss" rel="self"/>
${items.join('\n')}
</channel></rss>
`
}

function otsItem(n: number): string {
  const address = `https://www.presseportal.de/pm/${100 + n}/${5_000_000 + n}`
  const teaser = teaserOf(n)
  return `<item><title>Muster Werke ${n}: Neue Anlage &amp; neue Stellen</title>
<description>${escaped(teaser)}</description>
<content:encoded><![CDATA[<b>Muster Werke ${n}</b> [<a href="https://www.presseportal.de/nr/${n}">Newsroom</a>]<br/>
<div style="float: left"><img src="https://cache.example.org/story_small/${n}/bild.jpg" width="110"/></div>
${teaser} <a href="${address}">Lesen Sie hier weiter...</a><br clear="all" />
<p><small>Original-Content von: Muster Werke ${n}, übermittelt durch news aktuell</small></p>]]></content:encoded>
<link>${address}</link><guid>${address}</guid><pubDate>${dateOf(n)}</pubDate>
<author>info@presseportal.de (presseportal.de)</author>
<source url="${address}">Muster Werke ${n}</source></item>`
}

function prnItem(n: number): string {
  const address = `https://www.prnewswire.com/news-releases/model-works-${301_000_000 + n}.html`
  const teaser = `OSLO, July 13, 2026 /PRNewswire/ -- ${teaserOf(n)}`
  return `<item><title>Model Works ${n} opens a plant</title>
<description><![CDATA[<p>${teaser}</p>]]></description>
<content:encoded><![CDATA[<p>${teaser}</p>]]></content:encoded>
<link>${address}</link><guid>${address}</guid><pubDate>${dateOf(n)}</pubDate>
<media:content url="https://media.example.org/${n}.jpg?p=1&amp;w=2" type="image/jpeg">
<media:credit role="publishing company">PRNewswire</media:credit></media:content>
<prn:industry>Mining &amp; Metals </prn:industry><prn:industry>MNG</prn:industry>
<prn:subject>Accounting News</prn:subject><dc:subject>ACC</dc:subject>
<dc:contributor>Model Works ${n}</dc:contributor><dc:language>en-US</dc:language></item>`
}

function teaserOf(n: number): string {
  const [, text = ''] = releaseText(n).split('\n\n')
  return `${text.slice(0, teaserChars)} ...`
}

function dateOf(n: number): string {
  return new Date(Date.UTC(2026, 6, 13, 6) - n * 60_000).toUTCString()
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;')
}
