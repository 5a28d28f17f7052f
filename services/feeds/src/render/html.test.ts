import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tidyHtml } from './html.js'

test.each([
  ['<p>eins<p>zwei', '<p>eins</p><p>zwei</p>'],
  ['<b>fett <i>schräg</b> gerade</i>', '<b>fett <i>schräg</i></b> gerade'],
  ['<p>a<ul><li>b<li>c</p>', '<p>a</p><ul><li>b</li><li>c</li></ul>'],
  ['<ul><li>a<ul><li>b</ul><li>c</ul>', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
  ['<h2>a<h3>b</h3></h2>', '<h2>a</h2><h3>b</h3>'],
  ['a<br/>b<hr>c</br>', 'a<br>b<hr>c'],
  ['<table><td>a</table>', '<table><tr><td>a</td></tr></table>'],
  [
    '<table>Text<tr>mehr<td>a',
    '<table><tr><td>Text</td></tr><tr><td>mehr</td><td>a</td></tr></table>',
  ],
  ['<td>a</td><tr><caption>b', 'ab'],
  [
    '<table><tr><td><p>a</td><td colspan="2">b',
    '<table><tr><td><p>a</p></td><td colspan="2">b</td></tr></table>',
  ],
])('%s is closed and put where it may stand', (html, tidy) => {
  expect(tidyHtml(html)).toBe(tidy)
})

test.each([
  ['<script>a</script>b<STYLE>c</STYLE><iframe src="d">e</iframe>', 'b'],
  ['<p style="a" onclick="b()" class="c">d</p>', '<p>d</p>'],
  ['<center><font color="red">a</font></center><blink>b</blink>', 'ab'],
  ['<a href="/a">b</a><a href="javascript:c">d</a>', '<a>b</a><a>d</a>'],
  ['<a href="java&#x73;cript:c">d</a>', '<a>d</a>'],
  [
    '<a href="https://a.example/ä?b=1&amp;c=[2]">d</a>',
    '<a href="https://a.example/%C3%A4?b=1&amp;c=%5B2%5D">d</a>',
  ],
  [
    '<a href="https://a.example/">b<a href="https://c.example/">d',
    '<a href="https://a.example/">bd</a>',
  ],
  ['<a href="mailto:a@b.example" target="_blank">c</a>', '<a href="mailto:a@b.example">c</a>'],
  ['a<!-- b --><!-- c', 'a'],
])('%s holds nothing that runs or leads nowhere', (html, tidy) => {
  expect(tidyHtml(html)).toBe(tidy)
})

test('references that not every reader knows are text, and what is no character is gone', () => {
  expect(tidyHtml('&amp; &lt; &nbsp; &copy; &#169; &#0; &#x80; &#xfffe; & a &amp b < c > d')).toBe(
    '&amp; &lt; &nbsp; &amp;copy; ©    &amp; a &amp;amp b &lt; c &gt; d',
  )
})

test('what is tidy stays as it is, whatever came in', () => {
  const tags = 'p b a ul li table tr td th h2 br div script font caption tbody'.split(' ')
  const piece = fc.oneof(
    ...tags.flatMap((tag) => [fc.constant(`<${tag}>`), fc.constant(`</${tag}>`)]),
    fc.constantFrom('<a href="https://a.example/b">', '<', '&', '&lt;', 'Text', ' ', '<p class="'),
    fc.string({ maxLength: 3 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const once = tidyHtml(pieces.join(''))
      expect(tidyHtml(once)).toBe(once)
    }),
    { numRuns: 500 },
  )
})

test.each(['<a ', '<a "', '<!-', '<p a="', '<table><td>', '<div>', '&#', '<b><p>'])(
  'a megabyte of %s is one pass: the test has no time for more',
  { timeout: 5_000 },
  (piece) => {
    expect(tidyHtml(piece.repeat(1_000_000 / piece.length))).not.toMatch(/<(?!\/?\w+>)/)
  },
)
