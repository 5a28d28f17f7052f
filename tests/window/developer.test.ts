import { chromiumPath, type Page, takePictures, type Visit } from '@newswire/kit/browser'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  expectWell,
  idOf,
  keyFor,
  openWindow,
  press,
  releaseWith,
  signInBy,
  typeInto,
  type Window,
} from './house.js'

/*
 * A developer wants a webhook: registers one in one form, sees what will come, proves the endpoint,
 * and receives signed events, without reading a manual. The tests go on where the one before ended,
 * as the person does.
 */

/** A drill waits for what must not come. */
const drillMsMax = 60_000

const headline = 'Nordlicht opens a plant in Chongqing'
const release = (number: number) =>
  releaseWith({
    ...{ number, language: 'en', issuer: 'Nordlicht Ltd.', headline: `${headline} (${number})` },
    text: `Chongqing, November 26, 2026 – Nordlicht Ltd. opens plant ${number} in Chongqing, China.`,
  })

describe.skipIf(chromiumPath === undefined)('a developer', () => {
  let window: Window
  let visit: Visit
  let page: Page
  let secret = ''
  beforeAll(async () => {
    window = await openWindow()
    await window.publish([release(1)])
    visit = await window.visit()
    page = visit.page
  })
  afterAll(async () => {
    await visit[Symbol.asyncDispose]()
    await window.stop()
  })
  beforeEach(() => expect(visit.faults.all).toEqual([]))

  const told = () =>
    window.catcher.events().filter(({ data }) => JSON.stringify(data).includes('Nordlicht'))

  test('is told without a key what this is and how to get one, and signs in', async () => {
    await visit.open('/webhooks')
    await page.getByRole('heading', { name: 'You need a key' }).waitFor()
    await takePictures(page, 'webhooks-stranger')
    await expectWell(visit)
    await signInBy(page, await keyFor(window, 'subscriber'))
    await page.getByText('There is no webhook yet.').waitFor()
    await takePictures(page, 'webhooks-empty')
    await expectWell(visit)
  })

  test('goes on from a choice of releases, and sees the payload before anything is made', async () => {
    await visit.open('/?region=CN')
    await page
      .getByRole('main')
      .getByRole('link', { name: /server|webhook/i })
      .last()
      .click()
    await expect.poll(() => page.url()).toMatch(/\/webhooks\/new\?filter=/)
    await page.getByText(`The newest release that matches: ${headline} (1)`).waitFor()
    await page.getByText('webhook-signature').first().waitFor()
    await takePictures(page, 'webhooks-new')
    await expectWell(visit)
  })

  test('registers in one form and keeps the secret, which is shown once', async () => {
    await typeInto(page.getByRole('textbox', { name: /^Address/ }), window.catcher.url)
    await page.getByRole('button', { name: 'Register', exact: true }).click()
    await page.getByText('The webhook is registered').waitFor()
    secret = await secretOn(page)
    await expectWell(visit)
    await takePictures(page, 'webhooks-secret')
    expect(await hiddenPixels(page, '.notice')).toBe(0)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page
      .getByText(/^\W*Active$/)
      .first()
      .waitFor()
    expect(await page.getByText(secret).count()).toBe(0)
  })

  test('receives what is published, signed', async () => {
    await window.publish([release(2)])
    await expect.poll(() => told().map(({ type }) => type)).toEqual(['item.published'])
    const { headers, body } = told()[0]?.request ?? { headers: {}, body: '' }
    const seen = new Webhook(secret).verify(body, headers as Record<string, string>)
    expect(seen).toMatchObject({ data: { _newswire: { id: idOf(2) } } })
  })

  test('sees each delivery as it is made, also those of the time when the line was down', async () => {
    const row = (number: number) => page.getByRole('row').filter({ hasText: idOf(number) })
    await row(2).getByText('Delivered').waitFor()
    visit.faults.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/)
    await visit.context.setOffline(true)
    await window.publish([release(3)])
    await expect.poll(() => told().length).toBe(2)
    await visit.context.setOffline(false)
    await row(3).getByText('Delivered').waitFor()
    await window.publish([release(4)])
    await row(4).getByText('Delivered').waitFor()
    await takePictures(page, 'webhook-live')
  })

  test('tries it out: a test call and a drill, each with what was answered', async () => {
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText(/Delivered: it answered 204/).waitFor()
    await page.getByRole('button', { name: 'Start the drill' }).click()
    await page.getByText('Forged signature').first().waitFor({ timeout: drillMsMax })
    await page
      .getByText(/\d right, \d wrong/)
      .first()
      .waitFor({ timeout: drillMsMax })
    await expectWell(visit)
    await takePictures(page, 'webhook-drill')
  })

  test('finds a delivery with the answer to it, and has it sent again', async () => {
    await page
      .getByRole('row')
      .filter({ hasText: idOf(2) })
      .getByRole('link')
      .click()
    await page.getByText('Attempt 1').waitFor()
    await page
      .getByText(/\b204\b/)
      .first()
      .waitFor()
    await takePictures(page, 'webhook-delivery')
    const before = told().length
    await page.getByRole('button', { name: /again/i }).first().click()
    await expect.poll(() => told().length).toBeGreaterThan(before)
    await expectWell(visit)
    await page.goBack()
  })

  test('changes the secret, and sees how long the old one signs beside it', async () => {
    await press(page, 'Rotate the secret')
    await page.getByText('New secret').first().waitFor()
    expect(await secretOn(page)).not.toBe(secret)
    await page
      .getByText(/Signs too, and ends/)
      .first()
      .waitFor()
    await expectWell(visit)
    await takePictures(page, 'webhook-rotated')
  })

  test.each(['TypeScript, node:http', 'TypeScript, Web Request', 'Python', 'Go'])(
    'finds a receiver to copy that checks the signature: %s',
    async (language) => {
      await visit.open('/webhooks/receivers')
      await page.getByRole('radio', { name: language, exact: true }).check({ force: true })
      const copy = page.getByRole('button', { name: 'Copy the file' })
      await copy.click()
      await page.getByText('Copied').first().waitFor()
      const text = String(await page.evaluate('navigator.clipboard.readText()'))
      expect(text).toMatch(/webhook-signature/i)
      await expectWell(visit)
    },
  )
})

/** How much of it one has to scroll for. CSS pixels. */
async function hiddenPixels(page: Page, selector: string): Promise<number> {
  const size = (side: string) => `document.querySelector('${selector}').${side}Height`
  return Number(await page.evaluate(`${size('scroll')} - ${size('client')}`))
}

/** The first secret that the page shows. */
async function secretOn(page: Page): Promise<string> {
  const shown = page.getByText(/whsec_[A-Za-z0-9+/=]{24,}/).first()
  return /whsec_[A-Za-z0-9+/=]+/.exec((await shown.textContent()) ?? '')?.[0] ?? ''
}
