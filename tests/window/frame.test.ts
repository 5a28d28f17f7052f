import { chromiumPath } from '@newswire/kit/browser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectWell, keyFor, openWindow, type Window, webhookAt } from './house.js'

/* What holds for all pages: none is changed by those before it, and none leads into nothing. */

describe.skipIf(chromiumPath === undefined)('whichever page is open', () => {
  let window: Window
  beforeAll(async () => {
    window = await openWindow()
  })
  afterAll(() => window.stop())

  test('it looks the same whatever was open before it', async () => {
    const id = await webhookAt(window, { url: window.catcher.url, name: 'Desk' })
    await using visit = await window.visit({ key: window.newswire.adminKey })
    const { page } = visit
    const look = (selector: string, style: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${style}`)
    const facts = () =>
      Promise.all([look('dl.facts', 'height'), look('dl.facts dd', 'borderTopWidth')])
    const fields = () => look('.fields', 'gap')
    const chip = () => look('.choices .chip', 'borderTopLeftRadius')
    const link = (name: string) =>
      page.getByRole('banner').getByRole('link', { name, exact: true }).click()
    await visit.open(`/webhooks/${id}`)
    const factsAlone = await facts()
    await visit.open('/webhooks/new')
    const chipAlone = await chip()
    await visit.open('/')
    const fieldsAlone = await fields()
    expect(await chip()).toBe(chipAlone)
    await link('Dashboard')
    await page.getByRole('heading', { level: 1, name: 'The wire at this moment' }).waitFor()
    await link('Subscribe')
    await page.locator('.fields').waitFor()
    expect(await fields()).toBe(fieldsAlone)
    await link('Webhooks')
    await page.getByRole('link', { name: 'Desk' }).click()
    await page.locator('dl.facts').waitFor()
    expect(await facts()).toEqual(factsAlone)
  })

  test('a heading is whole on a phone', async () => {
    const { adminKey: key } = window.newswire
    await using visit = await window.visit({ size: 'phone', language: 'de-DE', key })
    await visit.open('/webhooks')
    const isCut = '((h1) => h1.scrollWidth > h1.clientWidth)(document.querySelector("h1"))'
    expect(await visit.page.evaluate(isCut)).toBe(false)
  })

  test.each(['/webhooks/wh_1/deliveries/2/3', '/dashboard/nothing', '/dashboard/'])(
    'an address without a page says so, or is read as it was meant: %s',
    async (path) => {
      await using visit = await window.visit({ key: window.newswire.adminKey })
      await visit.open(path)
      await expectWell(visit)
    },
  )

  test('the title says where one is, and follows', async () => {
    await using visit = await window.visit({ key: window.newswire.adminKey, language: 'de-DE' })
    const { page } = visit
    await visit.open('/dashboard/sources')
    await expect.poll(() => page.title()).toBe('Quellen · Newswire')
    await page.getByRole('link', { name: 'Protokoll', exact: true }).click()
    await expect.poll(() => page.title()).toBe('Protokoll · Newswire')
  })

  test('whose key is revoked meanwhile is asked for one, and sees no more', async () => {
    const key = await keyFor(window, 'subscriber')
    await using visit = await window.visit({ key })
    visit.faults.expect(/401/)
    await visit.open('/webhooks')
    await visit.page.getByText('There is no webhook yet.').waitFor()
    const id = /^nw_([0-9a-f]{16})_/.exec(key)?.[1]
    const gone = await window.newswire.api(`/api/v1/keys/${id}`, { method: 'DELETE' })
    expect(gone.status).toBe(204)
    await visit.page.getByRole('link', { name: 'New webhook' }).first().click()
    await visit.page.getByRole('heading', { name: 'You need a key' }).waitFor()
  })
})
