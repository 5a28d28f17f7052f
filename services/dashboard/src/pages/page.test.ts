import { expect, test } from 'vitest'
import { loginPage } from './front-page.js'
import { html, page } from './page.js'

const hostile = '<script>alert("x")</script> & \u0008 \u202E'

test('every value on a page is text', () => {
  const shown = page({ title: hostile, main: html`<p title="${hostile}">${hostile}</p>` })
  expect(shown).not.toContain('<script>')
  expect(shown).not.toContain('\u0008')
  expect(shown).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp;')
})

test('markup of ours stands as it is, alone and in lists', () => {
  const rows = [1, 2].map((n) => html`<li>${n}</li>`)
  expect(html`<ul>${rows}</ul>`.markup).toBe('<ul><li>1</li><li>2</li></ul>')
})

test('the way back after signing in cannot break out of its field', () => {
  expect(loginPage('/x"><script>').includes('"><script>')).toBe(false)
})
