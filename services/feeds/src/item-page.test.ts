import { taggedItem } from '@newswire/model/testing'
import { expect, test } from 'vitest'
import { itemPage, withdrawnPage } from './item-page.js'

const published = '2026-01-05T10:00:07.123Z'

test('says who and when, to the minute', () => {
  const page = itemPage(taggedItem({ issuer: { name: 'Muster & Söhne' }, published }))
  expect(page).toContain(
    `<small>Muster &amp; Söhne · <time datetime="${published}">2026-01-05 10:00 UTC</time></small>`,
  )
})

test('leaves no dot where a release names no issuer', () => {
  const page = itemPage(taggedItem({ issuer: { name: '' }, published }))
  expect(page).toContain('<small><time datetime=')
})

test('every text of a release is text on its page', () => {
  const hostile = '"><script>alert(1)</script>'
  const item = taggedItem({
    headline: hostile,
    issuer: { name: hostile },
    credit: hostile,
    language: hostile,
    sourceUrl: `https://example.org/?${hostile}`,
  })
  for (const page of [itemPage(item), withdrawnPage({ ...item, status: 'canceled' })]) {
    expect(page).not.toContain('<script')
  }
})
