import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type FakeWire, startFakeWire } from '@newswire/kit'
import {
  chromiumPath,
  pictureFolder,
  seriousBarriers,
  startBrowser,
  type TestBrowser,
  takePictures,
  weigh,
} from '@newswire/kit/browser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/*
 * That the kit sees what it is there to see: a page that is well gives no fault, and each fault
 * that is planted is found, under a policy as strict as the window's own.
 */

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
const document = (main: string) => ({
  headers,
  body: `<!doctype html><html lang="en"><head><title>Try</title><link rel="icon" href="/icon.svg">
<script src="/page.js"></script></head><body><main><h1>Try</h1>${main}</main></body></html>`,
})

describe.skipIf(chromiumPath === undefined)('the browser of the kit', () => {
  let browser: TestBrowser
  let web: FakeWire
  beforeAll(async () => {
    ;[browser, web] = await Promise.all([startBrowser(), startFakeWire()])
    const script = { 'content-type': 'text/javascript' }
    web.serve('/page.js', { headers: script, body: `window.loaded = '${'x'.repeat(20_000)}'` })
    web.serve('/icon.svg', {
      headers: { 'content-type': 'image/svg+xml' },
      body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    })
    web.serve('/broken.js', { headers: script, body: `throw new Error('planted')` })
    web.serve('/', document('<p>All is well.</p>'))
  })
  afterAll(() => Promise.all([browser.stop(), web.stop()]))

  /** What is found wrong with a page of this content. */
  async function faultsOf(main: string): Promise<readonly string[]> {
    web.serve('/planted', document(main))
    await using visit = await browser.visit({ url: web.url })
    await visit.open('/planted')
    // Faults are told by messages of their own, behind the page's load.
    if (main !== '') await expect.poll(() => visit.faults.all.length).toBeGreaterThan(0)
    return visit.faults.all
  }

  test('finds nothing wrong with a page that is well', async () => {
    await using visit = await browser.visit({ url: web.url })
    await visit.open('/')
    expect(await seriousBarriers(visit.page)).toEqual([])
    expect(visit.faults.all).toEqual([])
  })

  test.each([
    ['an inline script', '<script>window.planted = 1</script>', /forbids \(script-src-elem\)/],
    ['a handler in markup', '<img alt="x" src="/icon.svg" onload="x()">', /script-src-attr/],
    ['a style in markup', '<p style="color: red">red</p>', /forbids \(style-src-attr\)/],
    ['a picture from elsewhere', '<img alt="x" src="https://pixel.example/x.png">', /img-src/],
    ['a script that fails', '<script src="/broken.js"></script>', /planted/],
    ['a file that is not there', '<script src="/nothing.js"></script>', /404/],
  ])('sees %s', async (_, main, sentence) => {
    expect((await faultsOf(main)).join('\n')).toMatch(sentence)
  })

  test('takes for no fault what a test has said that it provokes', async () => {
    await using visit = await browser.visit({ url: web.url })
    visit.faults.expect(/404/)
    const scripts = ['nothing', 'broken'].map((name) => `<script src="/${name}.js"></script>`)
    web.serve('/planted', document(scripts.join('')))
    await visit.open('/planted')
    await expect.poll(() => visit.faults.all).toEqual([expect.stringContaining('planted')])
  })

  test('has axe look at a page whose policy lets no foreign script in', async () => {
    web.serve('/planted', document('<img src="/icon.svg"><button></button>'))
    await using visit = await browser.visit({ url: web.url })
    await visit.open('/planted')
    const found = await seriousBarriers(visit.page)
    expect(found.map(({ rule }) => rule).sort()).toEqual(['button-name', 'image-alt'])
    expect(visit.faults.all).toEqual([])
  })

  test('weighs the scripts as they go over the wire', async () => {
    await using visit = await browser.visit({ url: web.url })
    const scale = weigh(visit.page)
    await visit.open('/')
    const { scriptBytesGzip, scripts, firstPaintMs, usableMs } = await scale.read()
    expect(scripts).toBe(1)
    expect(scriptBytesGzip).toBeGreaterThan(50)
    expect(scriptBytesGzip).toBeLessThan(500)
    expect(firstPaintMs).toBeGreaterThan(0)
    expect(usableMs).toBeGreaterThan(0)
  })

  test('takes pictures at three sizes in both themes', async () => {
    const names = ['1440', '768', '390'].flatMap((width) =>
      ['light', 'dark'].map((theme) => join(pictureFolder, `kit-${width}-${theme}.png`)),
    )
    for (const name of names) rmSync(name, { force: true })
    await using visit = await browser.visit({ url: web.url })
    await visit.open('/')
    await takePictures(visit.page, 'kit')
    expect(names.filter((name) => !existsSync(name))).toEqual([])
  })

  test('comes with the language, theme and size that a person has', async () => {
    const options = { url: web.url, language: 'de-DE', theme: 'dark', size: 'phone' } as const
    await using visit = await browser.visit(options)
    await visit.open('/')
    const facts =
      '[navigator.language, innerWidth, matchMedia("(prefers-color-scheme: dark)").matches]'
    expect(await visit.page.evaluate(facts)).toEqual(['de-DE', 390, true])
  })
})
