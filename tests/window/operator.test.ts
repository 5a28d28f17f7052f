import {
  chromiumPath,
  noteFigure,
  type Page,
  takePictures,
  type Visit,
} from '@newswire/kit/browser'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pushJson } from '../e2e/feeds-of.js'
import {
  expectInView,
  expectWell,
  idOf,
  keyFor,
  openWindow,
  press,
  releaseWith,
  signInBy,
  type Window,
  webhookAt,
} from './house.js'

/*
 * An operator wants to know that all is well, or at once what is not: finds the endpoint that fails
 * and has replayed what it missed, looks at what no stage could read, and misses nothing while the
 * line is down. The tests go on where the one before ended, as the person does.
 */

/** The goal is one second on a machine of its own; tests run beside others. */
const liveMsMax = 5_000

const failing = 'The desk that fails'
const release = (number: number) =>
  releaseWith({
    ...{ number, language: 'en', issuer: 'Nordlicht Ltd.', headline: `Plant number ${number}` },
    text: `Chongqing, November 26, 2026 – Nordlicht Ltd. opens plant ${number} in Chongqing, China.`,
  })
const broken = {
  ...{ uri: 'tag:wire.example,2026:broken', headline: 'A status that nobody knows' },
  pubStatus: 'perhaps',
}

const pages = [
  '/dashboard',
  '/dashboard/sources',
  '/dashboard/deliveries',
  '/dashboard/dead-letters',
  '/dashboard/items',
  '/dashboard/alarms',
  '/dashboard/audit',
  '/dashboard/keys',
  '/dashboard/search',
]

describe.skipIf(chromiumPath === undefined)('an operator', () => {
  let window: Window
  let visit: Visit
  let page: Page
  beforeAll(async () => {
    window = await openWindow()
    window.catcher.answer(() => ({ status: 503, body: 'The desk has no electricity.' }))
    await webhookAt(window, { url: window.catcher.url, name: failing })
    await window.publish([release(1), release(2)])
    await pushJson(window.newswire, broken)
    visit = await window.visit()
    page = visit.page
  })
  afterAll(async () => {
    await visit[Symbol.asyncDispose]()
    await window.stop()
  })
  beforeEach(() => expect(visit.faults.all).toEqual([]))

  const main = () => page.getByRole('main')
  const linkTo = (name: string) => main().getByRole('link', { name })
  const toRoom = (name: string) =>
    page
      .getByRole('navigation', { name: 'Rooms of the dashboard' })
      .getByRole('link', { name })
      .click()

  test('is kept out without a key, and told why a wrong one does not open', async () => {
    await using stranger = await window.visit()
    stranger.faults.expect(/40[13]/)
    await stranger.open('/dashboard')
    await stranger.page.getByRole('heading', { name: 'The dashboard is for admins' }).waitFor()
    await stranger.page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click()
    await stranger.page.getByRole('dialog').getByLabel('Key').fill('nw_wrong')
    await stranger.page.keyboard.press('Enter')
    await stranger.page
      .getByRole('alert')
      .getByText(/not known/)
      .waitFor()
    await expectWell(stranger)
  })

  test('is told as a subscriber that this is for admins, and led to the webhooks', async () => {
    await using other = await window.visit({ key: await keyFor(window, 'subscriber') })
    other.faults.expect(/403/)
    await other.open('/dashboard')
    expect(await other.page.getByText(failing).count()).toBe(0)
    await other.page.getByRole('link', { name: 'Go to your webhooks' }).waitFor()
    await expectWell(other)
  })

  test('signs in and sees the flow as one picture', async () => {
    await visit.open('/')
    await signInBy(page, window.newswire.adminKey)
    await page.getByRole('link', { name: 'Dashboard', exact: true }).click()
    const flow = page.getByLabel(/^The flow/)
    for (const stage of ['Sources', 'Intake', 'Normalizer', 'Tagger', 'Feeds', 'Webhooks']) {
      await flow.getByText(stage).first().waitFor()
    }
    await expectWell(visit)
    await takePictures(page, 'dashboard')
  })

  test('finds the endpoint that fails from there, and what it answered', async () => {
    await toRoom('Deliveries')
    await main().getByRole('heading', { name: 'Failing endpoints' }).waitFor()
    await main()
      .getByText(/\b503\b/)
      .first()
      .waitFor()
    await main().getByRole('link', { name: failing }).first().waitFor()
    await takePictures(page, 'dashboard-failing')
    await expectInView(main().getByRole('button', { name: /^(Attempts|Replay)$/ }))
    await expectWell(visit)
  })

  test('has everything replayed that it missed, once it is well', async () => {
    window.catcher.answer(() => undefined)
    await press(page, 'Replay all that it missed')
    await main().getByText('The replay has begun').first().waitFor()
    const bodies = () => window.catcher.events().map(({ request }) => request.body)
    const sent = (number: number) => bodies().some((body) => body.includes(`"${idOf(number)}"`))
    await expect.poll(() => [sent(1), sent(2)]).toEqual([true, true])
    await main().getByText('delivered', { exact: true }).filter({ visible: true }).first().waitFor()
    await expectWell(visit)
  })

  test('looks at a dead letter and discards it', async () => {
    await toRoom('Dead letters')
    await main()
      .getByText(/status is not known/)
      .first()
      .waitFor()
    await main().getByRole('button', { name: 'Look' }).or(linkTo('Look')).first().click()
    await page.getByText('The whole input').first().waitFor()
    await page
      .getByText(/"perhaps"/)
      .first()
      .waitFor()
    await takePictures(page, 'dashboard-dead-letter')
    await expectWell(visit)
    await press(page, /^Discard$/)
    const letters = async () => {
      const answer = await window.newswire.api('/api/v1/dead-letters')
      return ((await answer.json()) as { items: unknown[] }).items
    }
    await expect.poll(letters).toEqual([])
    await main().getByText('No dead letters.').waitFor()
    await expectWell(visit)
  })

  test('replays all dead letters, which die again, and discards all of a stage', async () => {
    const letters = async () => {
      const answer = await window.newswire.api('/api/v1/dead-letters')
      return ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id)
    }
    for (const each of [1, 2, 3]) {
      await pushJson(window.newswire, { ...broken, uri: `${broken.uri}-${each}` })
    }
    await expect.poll(async () => (await letters()).length).toBe(3)
    const first = await letters()
    await visit.open('/dashboard/dead-letters')
    await press(page, 'Replay all')
    await main().getByText('3 done.').waitFor()
    const again = async () => (await letters()).filter((id) => !first.includes(id)).length
    await expect.poll(again).toBe(3)
    await main().getByLabel('Stage').selectOption('normalizer')
    await main().getByRole('button', { name: 'Discard all' }).click()
    await page.getByRole('heading', { name: 'Discard all dead letters of Normalizer?' }).waitFor()
    await takePictures(page, 'dashboard-discard-all')
    await page.getByRole('dialog').locator('button[type=submit]').click()
    await expect.poll(letters).toEqual([])
    await main().getByText('No dead letters.').waitFor()
    await expectWell(visit)
  })

  test('sees a release within a moment, and misses none while the line is down', async () => {
    await visit.open('/dashboard')
    await main().getByText('Live', { exact: true }).first().waitFor()
    const began = performance.now()
    await pushJson(window.newswire, release(3))
    await main().getByText('Plant number 3').first().waitFor({ timeout: liveMsMax })
    noteFigure('an item pushed shows on the dashboard', performance.now() - began)
    visit.faults.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/)
    await visit.context.setOffline(true)
    await window.publish([release(4), release(5)])
    await visit.context.setOffline(false)
    await main().getByText('Plant number 4').first().waitFor()
    await main().getByText('Plant number 5').first().waitFor()
  })

  test('withdraws a release by hand, and is asked first', async () => {
    await toRoom('For a person')
    await main().getByLabel('Id of the item').first().fill(idOf(3))
    await main().getByRole('button', { name: 'Withdraw', exact: true }).click()
    const question = page.getByRole('dialog')
    await question.getByLabel('Reason').fill('Sent by mistake.')
    await question.locator('button[type=submit]').click()
    const status = async () =>
      (await fetch(`${window.newswire.url}/api/v1/items/${idOf(3)}`)).status
    await expect.poll(status).toBe(410)
    await expectWell(visit)
  })

  test('finds by words, by an id and by a status what belongs to it', async () => {
    for (const [words, found] of [
      ['Plant number', 'Plant number 1'],
      [idOf(2), 'Plant number 2'],
      [window.catcher.url, window.catcher.url],
    ] as const) {
      await visit.open(`/dashboard/search?q=${encodeURIComponent(words)}`)
      await main().getByText(found).first().waitFor()
    }
    await expectWell(visit)
  })

  test.each(pages)('finds no barrier on %s, in both languages and on a phone', async (path) => {
    const key = window.newswire.adminKey
    for (const language of ['en-GB', 'de-DE']) {
      for (const size of ['desk', 'phone'] as const) {
        await using look = await window.visit({ key, language, size })
        await look.open(path)
        expect(await look.page.getByText(/no such page|Seite gibt es nicht/).count()).toBe(0)
        await expectWell(look)
        if (language === 'en-GB' && size === 'desk') {
          await takePictures(look.page, path.slice(1).replaceAll('/', '-'))
        }
      }
    }
  })

  test('opens the board of all queues, and finds the way back', async () => {
    const foreign: string[] = []
    page.on('request', (request) => {
      const url = request.url()
      if (/^https?:/.test(url) && !url.startsWith(window.newswire.url)) foreign.push(url)
    })
    await page.goto('/dashboard/queues', { waitUntil: 'load' })
    await page
      .getByRole('link', { name: /dashboard|newswire/i })
      .first()
      .waitFor()
    await expect
      .poll(() => page.getByText(/deliveries-0|schedules|looks/).count())
      .toBeGreaterThan(0)
    await expect.poll(() => page.getByText('Loading').count()).toBe(0)
    await takePictures(page, 'dashboard-queues')
    expect(foreign).toEqual([])
    expect(visit.faults.all).toEqual([])
  })
})
