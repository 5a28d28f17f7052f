import { chromiumPath, type Page, type Visit } from '@newswire/kit/browser'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { pushJson } from '../e2e/feeds-of.js'
import {
  expectWell,
  idOf,
  keyFor,
  openWindow,
  releaseWith,
  type Window,
  webhookAt,
} from './house.js'

/* Each number leads to what is behind it, and what is shown stands in the address. */

const release = (number: number) =>
  releaseWith({
    ...{ number, language: 'en', issuer: 'Nordlicht Ltd.', headline: `Plant number ${number}` },
    text: `Chongqing, November 26, 2026 – Nordlicht Ltd. opens plant ${number} in Chongqing, China.`,
  })
const broken = (number: number) => ({
  ...{ uri: `tag:wire.example,2026:broken-${number}`, headline: `Broken number ${number}` },
  pubStatus: 'perhaps',
})

describe.skipIf(chromiumPath === undefined)('behind a number', () => {
  let window: Window
  let visit: Visit
  let page: Page
  beforeAll(async () => {
    window = await openWindow()
    window.catcher.answer(() => ({ status: 503 }))
    await webhookAt(window, { url: `${window.catcher.url}/refusing`, name: 'Refusing' })
    await webhookAt(window, { url: `${window.catcher.url}/resting`, name: 'Resting', paused: true })
    await window.publish([release(1), release(2)])
    for (const each of [1, 2]) await pushJson(window.newswire, broken(each))
    const isSettled = async () => {
      expect(await list('/api/v1/deliveries?status=retry')).toHaveLength(2)
      expect(await list('/api/v1/dead-letters')).toHaveLength(2)
    }
    await vi.waitFor(isSettled, { timeout: 15_000, interval: 50 })
    visit = await window.visit({ key: window.newswire.adminKey })
    page = visit.page
  })
  afterAll(async () => {
    await visit[Symbol.asyncDispose]()
    await window.stop()
  })

  const list = async (path: string) =>
    ((await (await window.newswire.api(path)).json()) as { items: unknown[] }).items
  const main = () => page.getByRole('main')
  const rows = () => main().locator('tbody tr')
  const status = () => main().getByLabel('Status')
  const isOpen = async (count: number) => {
    await expect.poll(() => status().inputValue()).toBe('open')
    await expect.poll(() => rows().count()).toBe(count)
  }

  test('a webhook that refuses everything does not look well, and all that waits is shown', async () => {
    await visit.open('/webhooks')
    const row = main().getByRole('row').filter({ hasText: 'Refusing' })
    await row.getByText('0%').waitFor()
    await row.getByRole('link', { name: '↻ 2' }).click()
    await isOpen(2)
    await expectWell(visit)
  })

  test('the dashboard leads to all open deliveries, and from there to all there are', async () => {
    const open = (await list('/api/v1/deliveries?status=open')).length
    await visit.open('/dashboard')
    await main()
      .getByRole('link', { name: /open deliveries/ })
      .click()
    await isOpen(open)
    await page
      .getByRole('navigation', { name: 'Rooms of the dashboard' })
      .getByRole('link', { name: 'Deliveries' })
      .click()
    await expect.poll(() => status().inputValue()).toBe('')
    await status().selectOption('retry')
    await expect.poll(() => new URL(page.url()).search).toBe('?status=retry')
    await expect.poll(() => rows().count()).toBe(2)
    await expectWell(visit)
  })

  test('errors of a stage lead to its dead letters', async () => {
    await visit.open('/dashboard/stages')
    const row = main().getByRole('row').filter({ hasText: 'Normalizer' })
    await row.getByRole('link', { name: '2' }).click()
    await expect.poll(() => main().getByLabel('Stage').inputValue()).toBe('normalizer')
    await expectWell(visit)
  })

  test('what is found is shown itself: the delivery, and the dead letter', async () => {
    await visit.open(`/dashboard/search?q=${idOf(1)}`)
    await main().getByRole('link', { name: '→' }).first().click()
    await main()
      .getByRole('heading', { name: `Deliveries of ${idOf(1)}` })
      .waitFor()
    await expect.poll(() => rows().count()).toBe(1)
    await visit.open('/dashboard/search?q=broken-1')
    await main().getByRole('link', { name: 'Normalizer' }).first().click()
    await expect.poll(() => rows().count()).toBe(1)
    await main().getByRole('button', { name: 'Look' }).click()
    await main()
      .getByText(/Broken number 1/)
      .first()
      .waitFor()
    expect(await main().getByRole('button', { name: 'Discard all' }).count()).toBe(0)
    await main().getByRole('link', { name: 'All' }).click()
    const letters = main().getByRole('checkbox', { name: /^Choose/ })
    await expect.poll(() => letters.count()).toBe(2)
    await expectWell(visit)
  })

  test('the address that an alarm tells its operator leads to what is wrong', async () => {
    const [alarm] = (await list('/api/v1/alarms')) as { href: string }[]
    expect(alarm?.href).toBe('/dashboard/dead-letters')
    await visit.open(alarm?.href ?? '')
    await main().getByRole('heading', { name: 'Dead letters', level: 1 }).waitFor()
    await expectWell(visit)
  })

  test('a subscriber is not told that nobody was sent what others were', async () => {
    await using other = await window.visit({ key: await keyFor(window, 'subscriber') })
    await other.open(`/items/${idOf(1)}`)
    await other.page.getByText('None of your webhooks was sent it.').waitFor()
    expect(await other.page.getByText('No webhook was sent it.').count()).toBe(0)
    await expectWell(other)
  })

  test('a reader is told that an issuer is a whole name', async () => {
    await visit.open('/')
    await main()
      .getByText(/The whole name, as it stands in releases/)
      .waitFor()
    await expectWell(visit)
  })
})
