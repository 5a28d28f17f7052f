import {
  chromiumPath,
  noteWeight,
  type Page,
  type Size,
  sizes,
  takePicture,
  takePictures,
  themes,
  weigh,
} from '@newswire/kit/browser'
import Parser from 'rss-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  expectWell,
  idOf,
  openWindow,
  releaseWith,
  signInBy,
  typeInto,
  type Window,
} from './house.js'

/*
 * A reader wants a feed: chooses, sees at once what would come, and takes a valid address away,
 * without reading a manual.
 */

/** What a first visit may load of scripts, as gzip. */
const scriptBytesMax = 200_000
/** The goal is a second on a machine of its own; tests run beside others. */
const usableMsMax = 5_000

/** Tabs from the top of the page to its last field. */
const stepsMax = 40

const chongqing = 'Nordlicht opens a plant in Chongqing'
const releases = [
  releaseWith({
    ...{ number: 1, language: 'en', issuer: 'Nordlicht Ltd.', headline: chongqing },
    text: 'Chongqing, November 26, 2026 – Nordlicht Ltd. opens a hydrogen plant in Chongqing, China. It raises its revenue and employs 400 people.',
  }),
  releaseWith({
    ...{ number: 2, language: 'de', issuer: 'Quellmoor AG', headline: 'Neue Schule in Bonn' },
    text: 'Bonn, 26. November 2026 – Die Quellmoor AG baut in Bonn eine Schule. Der Unterricht beginnt im Sommer.',
  }),
  releaseWith({
    ...{ number: 3, language: 'fr', issuer: 'Tremarisk SA', headline: 'Un musée à Dakar' },
    text: 'Dakar, le 26 novembre 2026 – Tremarisk SA ouvre un musée à Dakar, Sénégal. Une exposition de peinture attend les visiteurs.',
  }),
]

describe.skipIf(chromiumPath === undefined)('a reader', () => {
  let window: Window
  beforeAll(async () => {
    window = await openWindow()
    await window.publish(releases)
  })
  afterAll(() => window.stop())

  const newest = (page: Page) => page.getByRole('link', { name: chongqing })
  const others = (page: Page) => page.getByRole('link', { name: /Neue Schule|Un musée/ })
  const addressOf = (page: Page) => new URL(page.url()).search

  test('chooses a country by its name and takes a valid feed away', async () => {
    await using visit = await window.visit()
    const { page } = visit
    await visit.open('/')
    await expect.poll(() => others(page).count()).toBe(2)
    await typeInto(page.getByRole('combobox', { name: /^Regions/ }), 'Chin')
    await page.getByRole('option', { name: /^China\b/ }).click()
    await expect.poll(() => addressOf(page)).toBe('?region=CN')
    await expect.poll(() => others(page).count()).toBe(0)
    expect(await newest(page).count()).toBe(1)
    await takePicture(page, 'reader-china')
    await page.getByRole('radio', { name: 'Atom' }).check({ force: true })
    const copy = page.getByRole('button', { name: /^Cop(y|ied).*Atom/ })
    await copy.click()
    await copy.getByText('Copied').waitFor()
    const address = String(await page.evaluate('navigator.clipboard.readText()'))
    expect(address).toBe(`${window.newswire.url}/feeds/atom?region=CN`)
    const { items } = await new Parser().parseURL(address)
    expect(items.map(({ title }) => title)).toEqual([chongqing])
    await expectWell(visit)
  })

  test('chooses on the map, by keyboard alone', async () => {
    await using visit = await window.visit()
    const { page } = visit
    await visit.open('/')
    const map = page.getByRole('listbox', { name: /^World map/ })
    const china = map.getByRole('option', { name: /^China\b/ }).first()
    await china.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => addressOf(page)).toBe('?region=CN')
    await expect.poll(() => china.getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Enter')
    await expect.poll(() => addressOf(page)).toBe('')
    await expectWell(visit)
  })

  test('gets to the content, and to every field, by Tab', async () => {
    await using visit = await window.visit()
    const { page } = visit
    await visit.open('/')
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    expect(await focused.textContent()).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    const names = new Set<string>()
    for (let step = 0; step < stepsMax; step += 1) {
      await page.keyboard.press('Tab')
      names.add(String(await page.evaluate(nameOfFocus)))
    }
    for (const name of [/^Regions/, /topics/i, /^Words/, /^Issuers/]) {
      expect(
        [...names].some((each) => name.test(each)),
        `${name} of ${[...names]}`,
      ).toBe(true)
    }
  })

  test('finds a topic by its name, and words narrow it further', async () => {
    await using visit = await window.visit()
    const { page } = visit
    await visit.open('/')
    await page
      .getByRole('treegrid', { name: /topics/i })
      .getByText(/education/i)
      .first()
      .waitFor()
    await typeInto(page.getByRole('searchbox', { name: /topics/i }), 'educ')
    await page.getByRole('checkbox', { name: 'Education', exact: true }).check()
    await expect.poll(() => addressOf(page)).toBe('?topic=medtop:05000000')
    await expect.poll(() => page.getByRole('link', { name: 'Neue Schule in Bonn' }).count()).toBe(1)
    await expect.poll(() => newest(page).count()).toBe(0)
    await typeInto(page.getByRole('textbox', { name: /^Words/ }), 'Quellmoor')
    await page.keyboard.press('Enter')
    await expect.poll(() => addressOf(page)).toMatch(/^\?q=quellmoor&topic=medtop:05000000$/i)
    await expectWell(visit)
  })

  test('shares a state by its address, and goes back to the one before', async () => {
    await using visit = await window.visit()
    const { page } = visit
    await visit.open('/?lang=en&region=CN')
    await expect.poll(() => newest(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Remove China' }).click()
    await expect.poll(() => addressOf(page)).toBe('?lang=en')
    await page.goBack()
    await expect.poll(() => addressOf(page)).toBe('?lang=en&region=CN')
    await page.getByRole('button', { name: 'Remove China' }).waitFor()
    await expectWell(visit)
  })

  test('is spoken to in German, and in the colours of the night, on a phone', async () => {
    const night = { language: 'de-DE', theme: 'dark', size: 'phone' } as const
    await using visit = await window.visit(night)
    const { page } = visit
    await visit.open('/')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Pressemitteilungen nach Wahl',
    )
    await typeInto(page.getByRole('combobox', { name: /^Regionen/ }), 'Bay')
    await page.getByRole('option', { name: /^Bayern/ }).click()
    await expect.poll(() => addressOf(page)).toBe('?region=DE-BY')
    await expectWell(visit)
  })

  const looks = (Object.keys(sizes) as Size[]).flatMap((size) =>
    themes.flatMap((theme) =>
      ['en-GB', 'de-DE'].map((language) => ({ size, theme, language }) as const),
    ),
  )
  test.each(looks)('finds no barrier: $size, $theme, $language', async (look) => {
    await using visit = await window.visit(look)
    await visit.open('/')
    await expect.poll(() => newest(visit.page).count()).toBe(1)
    await expectWell(visit)
  })

  test('waits for nothing: a first visit is light', async () => {
    await using visit = await window.visit()
    const scale = weigh(visit.page)
    await visit.open('/')
    const weight = await scale.read()
    noteWeight('/', weight)
    expect(weight.scripts).toBeGreaterThan(0)
    expect(weight.scriptBytesGzip).toBeLessThan(scriptBytesMax)
    expect(weight.usableMs).toBeLessThan(usableMsMax)
    await expect.poll(() => newest(visit.page).count()).toBe(1)
    await takePictures(visit.page, 'reader')
  })

  test('reads a release, and opens what the feed says of it', async () => {
    await using visit = await window.visit()
    const { page } = visit
    await visit.open('/?region=CN')
    await newest(page).click()
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/items/${idOf(1)}`)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(chongqing)
    await page
      .getByRole('link', { name: /wire\.example|source|original/i })
      .first()
      .waitFor()
    await expectWell(visit)
    await takePictures(page, 'item')
  })

  test.each(['desk', 'phone'] as const)(
    'finds the same head on the page of a release as on all others (%s)',
    async (size) => {
      await using visit = await window.visit({ size })
      const { page } = visit
      const scale = weigh(page)
      await visit.open(`/items/${idOf(1)}`)
      const head = page.getByRole('banner')
      await head.getByRole('button', { name: 'Sign in' }).waitFor()
      expect((await scale.read()).scriptBytesGzip).toBeLessThan(scriptBytesMax)
      expect(await head.getByRole('link').allTextContents()).toEqual([
        ...['Newswire', 'Subscribe', 'Webhooks', 'Dashboard'],
      ])
      await head.getByLabel('Colours').selectOption('dark')
      expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
      await signInBy(page, window.newswire.adminKey)
      await page.getByRole('heading', { name: 'Timeline' }).waitFor()
      await expectWell(visit)
      await takePicture(page, `item-head-${size}`)
      await head.getByLabel('Language').selectOption('de')
      await expect.poll(() => new URL(page.url()).search).toBe('?hl=de')
      await head.getByRole('button', { name: 'Abmelden' }).waitFor()
      expect(await head.getByRole('link').allTextContents()).toContain('Abonnieren')
      expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
      await expectWell(visit)
    },
  )
})

/** The accessible name of what has the focus, as far as fields have one. */
const nameOfFocus = `(() => {
  const at = document.activeElement
  const label = at?.labels?.[0]?.textContent
  return (label ?? at?.getAttribute('aria-label') ?? '').trim()
})()`
