import { findChromium } from '@newswire/infra'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Faults, watchFaults } from './faults.js'
import { type Size, sizes, type Theme } from './sizes.js'

/** The Chromium that tests run in; undefined where there is none, and its tests are skipped. */
export const chromiumPath = findChromium()

export interface VisitOptions {
  /** Of a running house, without a slash at the end. */
  readonly url: string
  readonly size?: Size
  readonly theme?: Theme
  /** What the browser asks for: `de-DE`. */
  readonly language?: string
  /** Signs in with this key before anything is opened. */
  readonly key?: string
}

/** One person at one house: cookies, settings and faults of their own. */
export interface Visit extends AsyncDisposable {
  readonly page: Page
  readonly context: BrowserContext
  readonly faults: Faults
  /** Opens a path of the house and waits until its main heading stands there and all is loaded. */
  open(path: string): Promise<void>
}

export interface TestBrowser extends AsyncDisposable {
  visit(options: VisitOptions): Promise<Visit>
  stop(): Promise<void>
}

const patienceMs = 15_000

/** A Chromium without a window; each visit is as private as a new profile. */
export async function startBrowser(): Promise<TestBrowser> {
  if (chromiumPath === undefined) throw new Error('There is no Chromium. Run `npm run setup`.')
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    // In containers Chromium's own sandbox needs rights that nobody gives; pages are our own.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  })
  const stop = () => browser.close()
  const sessions: Sessions = new Map()
  return {
    stop,
    [Symbol.asyncDispose]: stop,
    async visit({ url, size = 'desk', theme = 'light', language = 'en-GB', key }) {
      const context = await browser.newContext({
        ...{ baseURL: url, viewport: sizes[size], colorScheme: theme, locale: language },
        ...{ timezoneId: 'Europe/Berlin', hasTouch: size === 'phone', reducedMotion: 'reduce' },
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      context.setDefaultTimeout(patienceMs)
      const faults = await watchFaults(context)
      if (key !== undefined) await signIn(context, sessions, { url, key })
      const page = await context.newPage()
      return {
        ...{ page, context, faults },
        async open(path) {
          await page.goto(path)
          await untilUsable(page)
        },
        async [Symbol.asyncDispose]() {
          await context.close()
        },
      }
    },
  }
}

/** Cookies by house and key. */
type Sessions = Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>

/** By the API, as the window's dialog does it; once for each key, since attempts are limited. */
async function signIn(
  context: BrowserContext,
  sessions: Sessions,
  { url, key }: { readonly url: string; readonly key: string },
): Promise<void> {
  const name = `${url} ${key}`
  const known = sessions.get(name)
  if (known !== undefined) return context.addCookies(known)
  const headers = { origin: url }
  const answer = await context.request.post('/api/v1/session', { headers, data: { key } })
  if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}.`)
  sessions.set(name, await context.cookies())
}

/** A live stream never ends, so "nothing is loading" can't be waited for; what is seen can. */
export async function untilUsable(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
}
