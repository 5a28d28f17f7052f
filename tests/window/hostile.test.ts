import { type FakeWire, startFakeWire } from '@newswire/kit'
import { chromiumPath, type Page, takePicture, takePictures } from '@newswire/kit/browser'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { pushJson } from '../e2e/feeds-of.js'
import { expectWell, idOf, openWindow, releaseWith, type Window, webhookAt } from './house.js'

/*
 * Text from outside is data: whatever stands in headlines, issuers, sources, names of endpoints and
 * answers of webhooks is shown as text, runs nothing, breaks no policy and moves nothing aside.
 */

const planted = 'planted=1'
const script = `<script>window.${planted}</script>`
const picture = `"><img src="x:planted" onerror="window.${planted}">`
const overridden = 'Safe \u202egnitseretni\u202c text'
const arabic = 'تفتتح شركة الشمال مصنعًا جديدًا في بون'
const emoji = '👩‍👩‍👧‍👦 🏳️‍🌈 🇨🇳 e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301'
/** 10 kB: a headline as some wires send it, whole. */
const endless = 'Aktionärsvertretungsversammlung'.repeat(330)
/** More than a headline may have. */
const beyond = {
  ...{ uri: 'tag:wire.example,2026:beyond', headline: endless.repeat(2), body_text: 'A text.' },
}
/** Of a list that shows a beginning, in CSS pixels: four lines at most. */
const clampedHeightMax = 128
/** Wires send markup as markup and as entities: only the latter stays in a headline. */
const escaped = (markup: string) => markup.replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const headlines = [
  `${script} ${escaped(script)} opens a plant in Bonn`,
  `A plant in Bonn ${escaped(picture)}`,
  `javascript:window.${planted} {{constructor}} \${7*7} in Bonn`,
  arabic,
  `${overridden} in Bonn`,
  `${emoji} opens a plant in Bonn`,
  endless,
]
const number = (index: number) => index + 1

const releases = headlines.map((headline, index) =>
  releaseWith({
    ...{ number: number(index), language: headline === arabic ? 'ar' : 'en', headline },
    issuer: `${picture} ${emoji} ${'Ü'.repeat(150)} AG`,
    text: `Bonn, November 26, 2026 – A plant opens in Bonn, Germany. ${script} ${picture} ${overridden}`,
  }),
)
const broken = {
  ...{ uri: 'tag:wire.example,2026:broken', headline: `${script}${arabic}${endless}` },
  pubStatus: `${picture}${script}`,
}

const publicPages = ['/', '/?region=DE', '/feeds/rss', '/?q=%3Cscript%3E&issuer=%22%3E%3Cimg']
const adminPages = [
  ...['/webhooks', '/dashboard', '/dashboard/sources', '/dashboard/deliveries', '/dashboard/items'],
  ...['/dashboard/dead-letters', '/dashboard/audit', '/dashboard/keys', '/dashboard/alarms'],
  `/dashboard/search?q=${encodeURIComponent(script)}`,
]

describe.skipIf(chromiumPath === undefined)('a text that means harm', () => {
  let window: Window
  let wire: FakeWire
  let webhook = ''
  beforeAll(async () => {
    ;[window, wire] = await Promise.all([openWindow(), startFakeWire()])
    const { newswire, catcher } = window
    const type = 'text/html; charset=utf-8'
    const body = `<html>${script}${picture}${arabic}${endless}</html>`
    catcher.answer(() => ({ status: 500, headers: { 'content-type': type }, body }))
    webhook = await webhookAt(window, {
      url: `${catcher.url}/?next=%22%3E%3Cscript%3E`,
      name: `${picture} ${emoji}`.slice(0, 100),
      description: `${script} ${arabic} ${overridden}`,
    })
    const source = { kind: 'rss', url: `${wire.url}/feed`, name: `${script}${arabic}${emoji}` }
    const headers = { 'content-type': 'application/json' }
    const added = await newswire.api('/api/v1/sources', {
      ...{ method: 'POST', headers, body: JSON.stringify(source) },
    })
    expect(added.ok).toBe(true)
    await window.publish(releases)
    await pushJson(newswire, broken)
    await pushJson(newswire, beyond)
    // A receiver that always fails is soon asked less often.
    const isTold = () => expect(catcher.events().length).toBeGreaterThan(2)
    await vi.waitFor(isTold, { timeout: 15_000, interval: 50 })
  })
  afterAll(() => Promise.all([window.stop(), wire.stop()]))

  /** What the house has made of it: a text, which a page is to show as it is. */
  async function headlineOf(which: number): Promise<string> {
    const answer = await fetch(`${window.newswire.url}/api/v1/items/${idOf(which)}`)
    const { headlines } = (await answer.json()) as { headlines: { value: string }[] }
    return headlines[0]?.value ?? ''
  }

  /** Neither ran nor became a part of the page. */
  async function expectHarmless(page: Page): Promise<void> {
    expect(await page.evaluate('window.planted')).toBeUndefined()
    expect(await page.locator('img[src^="x:"], [onerror]').count()).toBe(0)
    const scripts = 'document.querySelectorAll("script:not([src])").length'
    expect(await page.evaluate(scripts)).toBe(0)
  }

  test.each(['desk', 'phone'] as const)('is shown as text among the newest (%s)', async (size) => {
    await using visit = await window.visit({ size })
    await visit.open('/')
    const { page } = visit
    for (const which of headlines.keys()) {
      const headline = await headlineOf(number(which))
      await page
        .getByRole('link')
        .getByText(headline)
        .or(page.getByText(headline))
        .first()
        .waitFor()
    }
    await expectHarmless(page)
    await expectWell(visit)
    await takePictures(page, 'hostile')
  })

  test.each(headlines.map((headline, index) => [headline.slice(0, 24), number(index)] as const))(
    'is shown as text on its own page: %s',
    async (_, which) => {
      await using visit = await window.visit({ size: 'phone', key: window.newswire.adminKey })
      await visit.open(`/items/${idOf(which)}`)
      const title = await visit.page.getByRole('heading', { level: 1 }).first().textContent()
      expect(title?.trim()).toBe((await headlineOf(which)).trim())
      await expectHarmless(visit.page)
      await expectWell(visit)
    },
  )

  test.each([
    '/',
    '/feeds/rss',
    '/dashboard',
    `/dashboard/search?q=${idOf(number(headlines.indexOf(endless)))}`,
  ])('stands in a list with its beginning alone where it is endless: %s', async (path) => {
    for (const size of ['desk', 'phone'] as const) {
      await using visit = await window.visit({ size, key: window.newswire.adminKey })
      await visit.open(path)
      const { page } = visit
      const shown = page.getByRole('link', { name: endless.slice(0, 300) }).first()
      await shown.waitFor()
      expect((await shown.boundingBox())?.height).toBeLessThan(clampedHeightMax)
      await expectWell(visit)
      await takePicture(page, `endless-${size}-${path.split('/')[1] || 'front'}`)
      await shown.click()
      await page.getByRole('heading', { level: 1 }).getByText(endless).waitFor()
      await expectWell(visit)
    }
  })

  test('is a dead letter with its reason where a headline is longer than any may be', async () => {
    const answer = await window.newswire.api('/api/v1/dead-letters')
    const { items } = (await answer.json()) as { items: { error: { message: string } }[] }
    const reasons = items.map(({ error }) => error.message)
    expect(reasons).toContainEqual(expect.stringMatching(/headline has more than 16384 characters/))
  })

  test('runs from right to left where its language does, and only there', async () => {
    await using visit = await window.visit()
    await visit.open(`/items/${idOf(headlines.indexOf(arabic) + 1)}`)
    const directionOf = (selector: string) =>
      visit.page.evaluate(`getComputedStyle(document.querySelector('${selector}')).direction`)
    expect(await directionOf('h1')).toBe('rtl')
    expect(await directionOf('html')).toBe('ltr')
  })

  test.each(publicPages)('does nothing on %s', async (path) => {
    await using visit = await window.visit()
    await visit.open(path)
    await expectHarmless(visit.page)
    await expectWell(visit)
  })

  test.each(adminPages)('does nothing on %s', async (path) => {
    for (const size of ['desk', 'phone'] as const) {
      await using visit = await window.visit({ size, key: window.newswire.adminKey })
      await visit.open(path)
      expect(await visit.page.getByText('There is no such page').count()).toBe(0)
      await expectHarmless(visit.page)
      await expectWell(visit)
    }
  })

  test('does nothing where a webhook has answered with it', async () => {
    await using visit = await window.visit({ key: window.newswire.adminKey })
    await visit.open(`/webhooks/${webhook}`)
    await visit.page.getByText(`${picture} ${emoji}`.slice(0, 40)).first().waitFor()
    await expectHarmless(visit.page)
    await expectWell(visit)
    await takePictures(visit.page, 'hostile-webhook')
  })
})
