import { describe, expect, it } from 'vitest'
import { readHtml } from './html.js'
import { sanitise } from './sanitise.js'

describe('sanitise', () => {
  it('keeps what a release needs: paragraphs, lists, tables, marks and links', () => {
    const html =
      '<h3>Title</h3><p>Some <em>text</em>, <a href="https://example.org/">here</a></p><ul><li>one</li></ul><table><tr><td colspan="2">1</td></tr></table>'
    expect(sanitise(html)).toBe(
      '<h3>Title</h3><p>Some <em>text</em>, <a href="https://example.org/" rel="nofollow noopener noreferrer">here</a></p><ul><li>one</li></ul><table><tr><td colspan="2">1</td></tr></table>',
    )
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<a href="java\u0000script:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<iframe src="https://example.org/"></iframe>',
    '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
    '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  ])('lets nothing run from %s', (html) => {
    const safe = sanitise(html)
    expect(safe).not.toMatch(/<(?:script|img|svg|iframe|style)|on\w+=|javascript:|data:|style=/i)
  })

  it('never lets a composed sign melt a tag', () => {
    expect(sanitise('<p>\u0338x</p>')).toBe('<p>\u0338x</p>')
  })

  it('drops characters that XML cannot hold, also where an entity named them', () => {
    expect(sanitise('<p>a&#11;b\u0008c&#xFFFE;d</p>')).toBe('<p>abcd</p>')
  })

  it('closes what was left open', () => {
    expect(sanitise('<p>a <b>b')).toBe('<p>a <b>b</b></p>')
  })
})

describe('readHtml', () => {
  it.each(['&', '&amp;'])('refuses rows of %j without end', (entity) => {
    expect(() => readHtml(`<p>${entity.repeat(200_001)}</p>`)).toThrow(/more than 200000 entities/)
  })

  it('gives the text by its blocks', () => {
    const html =
      '<h2>Title</h2><p>One<br>two</p><ul><li>a</li><li>b</li></ul><table><tr><td>1</td><td>2</td></tr></table><script>x</script><div>End</div>'
    expect(readHtml(html).text).toBe('Title\n\nOne\ntwo\n\n• a\n• b\n\n1 2\n\nEnd')
  })
})
