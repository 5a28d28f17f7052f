import { PermanentError } from '@newswire/bus'
import { describe, expect, it } from 'vitest'
import { doubleDecoded } from './double-encoded.js'
import { isCountingPixel, withoutTracker } from './trackers.js'
import { allOf, at, attributeOf, parseXml, textOf } from './xml.js'
import { cleanMarkup, markupOf } from './xml-markup.js'

const everything = { drops: () => false }

describe('parseXml', () => {
  it('looks through prefixes, decodes entities once and keeps CDATA', () => {
    const root = parseXml(
      '<a:b x:lang="de">1 &lt; 2 &amp;amp; <![CDATA[<p>&amp;</p>]]><a:c/></a:b>',
    )
    expect(textOf(root)).toBe('1 < 2 &amp; <p>&amp;</p>')
    expect(attributeOf(root, 'lang')).toBe('de')
    expect(at(root, 'c')).toBeDefined()
    expect(at(root, 'C')).toBeUndefined()
  })

  it('knows the entities of XHTML, and resolves none that a DOCTYPE declares', () => {
    expect(textOf(parseXml('<a>caf&eacute;&nbsp;&mdash; x</a>'))).toBe('café — x')
    const declared = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    expect(textOf(parseXml(declared))).toBe('&b;')
  })

  it('finds all elements of a name in document order', () => {
    const root = parseXml('<r><i>1</i><g><i>2</i></g><i>3</i></r>')
    expect(allOf(root, 'i').map(textOf)).toEqual(['1', '2', '3'])
  })

  it('refuses what nests without end or has no element', () => {
    expect(() => parseXml('<a>'.repeat(300))).toThrow(PermanentError)
    expect(() => parseXml(`<r>${'<a/>'.repeat(70_000)}</r>`)).toThrow(PermanentError)
    expect(() => parseXml('words')).toThrow(PermanentError)
  })
})

describe('markupOf', () => {
  it('escapes what is text, keeps pre as it stands, and says nothing of settings', () => {
    const root = parseXml(
      '<body><script>x</script><p onclick="x()">a\n   &lt;b&gt;</p><pre>c\n  d</pre><br/></body>',
    )
    expect(markupOf(root.children, everything)).toBe('<p>a &lt;b&gt;</p><pre>c\n  d</pre><br>')
  })

  it('looks through trackers, and unlinks what only a tracker knows', () => {
    const html =
      '<a href="https://cts.businesswire.com/ct/CT?id=smartlink&amp;url=https%3A%2F%2Facme.example%2Fa">A</a> <a href="https://www.globenewswire.com/Tracker?data=x">B</a><img src="https://cts.businesswire.com/ct/CT?id=bwnews">'
    expect(cleanMarkup(html, everything)).toBe('<a href="https://acme.example/a">A</a> B')
  })
})

describe('trackers', () => {
  it('are known by their hosts, and lead to web addresses alone', () => {
    expect(withoutTracker('https://acme.example/Tracker?data=x')).toMatch(/acme/)
    expect(withoutTracker('https://cts.businesswire.com/ct/CT?url=javascript:x')).toBeUndefined()
    expect(withoutTracker(' ')).toBeUndefined()
    expect(isCountingPixel('https://www.globenewswire.com/newsroom/ti?nf=x')).toBe(true)
    expect(isCountingPixel('https://www.globenewswire.com/NewsRoom/AttachmentNg/x')).toBe(false)
  })
})

describe('doubleDecoded', () => {
  it('mends a text of which all was encoded twice, and no other', () => {
    const encodedTwice = 'DÃ¼sseldorf â€“ â€žKÃ¶lnâ€œ'
    expect(doubleDecoded(encodedTwice)).toBe('Düsseldorf – „Köln“')
    expect(doubleDecoded('\u00E2\u0080\u00A6')).toBe('…')
    for (const text of ['Düsseldorf', `${encodedTwice} é`, `${encodedTwice} 中`, 'Ã', 'plain']) {
      expect(doubleDecoded(text)).toBe(text)
    }
  })
})
