import { type Catcher, type Newswire, startCatcher, startNewswire } from '@newswire/kit'
import {
  type Locator,
  type Page,
  seriousBarriers,
  sizes,
  startBrowser,
  type TestBrowser,
  untilUsable,
  type Visit,
  type VisitOptions,
} from '@newswire/kit/browser'
import { expect, vi } from 'vitest'
import { pushJson } from '../e2e/feeds-of.js'

/** A house with a browser in front of it and a receiver of webhooks behind it. */
export interface Window {
  readonly newswire: Newswire
  readonly catcher: Catcher
  visit(options?: Omit<VisitOptions, 'url'>): Promise<Visit>
  /** Pushes releases and waits until all of them are public. */
  publish(releases: readonly object[]): Promise<void>
  stop(): Promise<void>
}

const publicWithinMs = 15_000

export async function openWindow(): Promise<Window> {
  const [newswire, catcher, browser]: [Newswire, Catcher, TestBrowser] = await Promise.all([
    startNewswire(),
    startCatcher(),
    startBrowser(),
  ])
  const count = async () => {
    const answer = await newswire.api('/api/v1/items?limit=200')
    return ((await answer.json()) as { items: unknown[] }).items.length
  }
  return {
    newswire,
    catcher,
    visit: (options = {}) => browser.visit({ url: newswire.url, ...options }),
    async publish(releases) {
      const before = await count()
      for (const release of releases) {
        const pushed = await pushJson(newswire, release)
        expect(pushed.status, await pushed.clone().text()).toBe(202)
      }
      const all = before + releases.length
      const isPublic = async () => expect(await count()).toBe(all)
      await vi.waitFor(isPublic, { timeout: publicWithinMs, interval: 50 })
    },
    async stop() {
      await browser.stop()
      await Promise.all([newswire.stop(), catcher.stop()])
    },
  }
}

export interface ReleaseFields {
  readonly number: number
  readonly language: string
  readonly headline: string
  readonly text: string
  readonly issuer: string
}

/** A ninjs document of a wire that does not exist. */
export function releaseWith({ number, language, headline, text, issuer }: ReleaseFields): object {
  return {
    ...{ uri: `tag:wire.example,2026:${number}`, webUrl: `https://wire.example/${number}` },
    ...{ language, headline, body_text: text, organisations: [{ name: issuer, rel: 'issuer' }] },
  }
}

/** What `releaseWith` is called inside. */
export const idOf = (number: number) => `wire-example-2026-${number}`

const json = { 'content-type': 'application/json' }

/** A key of its own for a person of this role. */
export async function keyFor({ newswire }: Window, role: 'subscriber' | 'admin'): Promise<string> {
  const body = JSON.stringify({ role, name: `A ${role} of the tests` })
  const made = await newswire.api('/api/v1/keys', { method: 'POST', headers: json, body })
  expect(made.status).toBe(201)
  return ((await made.json()) as { key: string }).key
}

/** Registers a webhook by the API and gives its id. */
export async function webhookAt({ newswire }: Window, row: object): Promise<string> {
  const body = JSON.stringify({ filter: {}, verify: false, ...row })
  const made = await newswire.api('/api/v1/webhooks', { method: 'POST', headers: json, body })
  expect(made.status, await made.clone().text()).toBe(201)
  return ((await made.json()) as { id: string }).id
}

/** By the window's own dialog, as a person does it. */
export async function signInBy(page: Page, key: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Key').fill(key)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}

/** Presses a button, and the same again where a question comes first. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('main').getByRole('button', { name }).first().click()
  const dialog = page.getByRole('dialog')
  if ((await dialog.count()) === 0) return
  await dialog
    .getByRole('button')
    .filter({ hasNotText: /cancel|close/i })
    .first()
    .click()
}

/** Between two keys of a person who types well. */
const keyMs = 60

/** Key by key, as a person types: what searches while one types must stand that. */
export async function typeInto(field: Locator, text: string): Promise<void> {
  await field.click()
  await field.pressSequentially(text, { delay: keyMs })
}

/** On a phone too, whoever does not scroll sideways reaches all of these. */
export async function expectInView(things: Locator): Promise<void> {
  const page = things.page()
  const before = page.viewportSize()
  await page.setViewportSize(sizes.phone)
  const boxes = await Promise.all((await things.all()).map((each) => each.boundingBox()))
  expect(boxes.length).toBeGreaterThan(0)
  for (const box of boxes) {
    expect((box?.x ?? -1) + (box?.width ?? 0)).toBeLessThanOrEqual(sizes.phone.width)
  }
  if (before) await page.setViewportSize(before)
}

/** Nothing that a browser or axe finds wrong, and nothing that lies outside of the window. */
export async function expectWell({ page, faults }: Visit): Promise<void> {
  // What is being asked for anew may be dimmed meanwhile.
  await untilUsable(page)
  expect(await seriousBarriers(page), page.url()).toEqual([])
  const overhang = 'document.documentElement.scrollWidth - innerWidth'
  expect(await page.evaluate(overhang), `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0)
  expect(faults.all).toEqual([])
}
