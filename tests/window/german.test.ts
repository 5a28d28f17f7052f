import { chromiumPath, type Page, takePictures, type Visit } from '@newswire/kit/browser'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pushJson } from '../e2e/feeds-of.js'
import { expectWell, openWindow, press, releaseWith, type Window, webhookAt } from './house.js'

/*
 * Who reads German reads German throughout: alarms, reasons, refusals and faults of forms as well.
 * What is not ours to translate is quoted and marked as English, so that it is read out as such.
 */

const release = releaseWith({
  ...{ number: 1, language: 'de', issuer: 'Quellmoor AG', headline: 'Neue Schule in Bonn' },
  text: 'Bonn, 26. November 2026 – Die Quellmoor AG baut eine Schule in Bonn, Deutschland.',
})
const broken = {
  ...{ uri: 'tag:wire.example,2026:broken', headline: 'Unbekannter Status', pubStatus: 'perhaps' },
}

const rooms = [
  ...['', '/sources', '/stages', '/deliveries', '/dead-letters', '/items', '/alarms', '/audit'],
  ...['/keys', '/search?q=Schule'],
].map((room) => `/dashboard${room}`)

/** Words that every English sentence has and no German one. */
const english = /\b(the|and|has|have|is|are|not|were|with|which|of|to)\b/i

/** Text of the page but for what is said to be English, or is code. */
const textOf = (page: Page) =>
  page.evaluate<string>(`(() => {
    const copy = document.body.cloneNode(true)
    for (const each of copy.querySelectorAll('[lang=en], code, pre, script, noscript')) each.remove()
    return [...copy.querySelectorAll('*')].flatMap((each) =>
      [...each.childNodes].filter(({ nodeType }) => nodeType === 3).map((node) => node.data)
    ).join('\\n')
  })()`)

describe.skipIf(chromiumPath === undefined)('who reads German', () => {
  let window: Window
  let visit: Visit
  let page: Page
  beforeAll(async () => {
    window = await openWindow()
    window.catcher.answer(() => ({ status: 503, body: 'Kein Strom.' }))
    await webhookAt(window, { url: window.catcher.url, name: 'Die Redaktion' })
    await webhookAt(window, { url: 'https://127.0.0.1:1/', name: 'Niemand', verify: true })
    await window.publish([release])
    await pushJson(window.newswire, broken)
    visit = await window.visit({ language: 'de-DE', key: window.newswire.adminKey })
    page = visit.page
  })
  afterAll(async () => {
    await visit[Symbol.asyncDispose]()
    await window.stop()
  })
  beforeEach(() => expect(visit.faults.all).toEqual([]))

  const main = () => page.getByRole('main')
  const refusal = () => main().getByRole('alert').filter({ hasText: /\w/ })

  test('reads each alarm in German', async () => {
    await visit.open('/dashboard')
    await main().getByText('1 unzustellbare Sendung wartet').waitFor()
    await expectWell(visit)
    await takePictures(page, 'german-alarm')
  })

  test('meets no English sentence in any room that is not marked as English', async () => {
    for (const room of rooms) {
      await visit.open(room)
      const lines = (await textOf(page)).split('\n').filter((line) => english.test(line))
      expect.soft(lines, room).toEqual([])
      await expectWell(visit)
      await takePictures(page, `german-${room.replaceAll(/[^a-z]+/g, '-').slice(1)}`)
    }
  })

  test('hears the reason of a dead letter as English, in quotes', async () => {
    await visit.open('/dashboard/dead-letters')
    const reason = main().locator('q[lang=en]').first()
    expect(await reason.textContent()).toMatch(/status is not known/)
  })

  test('is told in German why a form was refused, field by field', async () => {
    visit.faults.expect(/422/)
    await visit.open('/dashboard/keys')
    await main().getByLabel('Name').fill('x'.repeat(500))
    await main().getByRole('button', { name: 'Schlüssel anlegen' }).click()
    await refusal()
      .getByText(/Name ist zu lang: höchstens \d+ Zeichen/)
      .waitFor()
    await takePictures(page, 'german-key-refused')
    await visit.open('/dashboard/sources')
    await main().getByLabel('Adresse').fill('http://10.0.0.1/feed')
    await main().getByRole('button', { name: 'Quelle anlegen' }).click()
    await refusal().getByText('Diese Adresse darf nicht aufgerufen werden').waitFor()
    expect(await refusal().locator('q[lang=en]').textContent()).toMatch(/10\.0\.0\.1/)
    await takePictures(page, 'german-source-refused')
    await visit.open('/webhooks/new')
    await main().getByLabel('Adresse').fill('https://10.0.0.1/hook')
    await main().getByRole('button', { name: 'Anmelden', exact: true }).click()
    await refusal().getByText('Diese Adresse darf nicht aufgerufen werden').waitFor()
    await takePictures(page, 'german-webhook-refused')
  })

  test('sees at once that all is well when the letter is discarded, and since when', async () => {
    await visit.open('/dashboard/dead-letters')
    await press(page, /^Verwerfen$/)
    await main().getByText('Nichts Unzustellbares.').waitFor()
    await page.getByRole('link', { name: 'Jetzt', exact: true }).click()
    await main().getByText('unzustellbare Sendung').waitFor({ state: 'detached', timeout: 3_000 })
    await main().getByText('Alles in Ordnung.').waitFor()
    await main()
      .getByText(/^seit \d\d\.\d\d\.\d\d, \d\d:\d\d$/)
      .waitFor()
    await takePictures(page, 'german-well')
  })
})
