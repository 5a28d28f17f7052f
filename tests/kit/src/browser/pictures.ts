import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '@newswire/infra'
import type { Page } from 'playwright-core'
import { type Size, sizes, themes } from './sizes.js'
import type { Weight } from './weight.js'

/** Where pictures and figures of the window are kept for people to look at. */
export const pictureFolder = join(repository, 'test-results/window')

/** Longer pages are cut: nobody looks further. CSS pixels. */
const heightMax = 6_000

/** The whole page at this moment, as `<name>.png`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictureFolder, { recursive: true })
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'))
  const width = page.viewportSize()?.width ?? sizes.desk.width
  await page.screenshot({
    path: join(pictureFolder, `${name}.png`),
    animations: 'disabled',
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, heightMax) },
  })
}

/** The page at every size and in both themes, as `<name>-<width>-<theme>.png`; then as it was. */
export async function takePictures(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    for (const size of Object.keys(sizes) as Size[]) {
      await page.setViewportSize(sizes[size])
      await takePicture(page, `${name}-${sizes[size].width}-${colorScheme}`)
    }
  }
  await page.emulateMedia({ colorScheme: null })
  if (before) await page.setViewportSize(before)
}

/** Adds a line of figures to `figures.jsonl` beside the pictures. */
export const noteWeight = (page: string, weight: Weight): void => note({ page, ...weight })

/** The same for one duration in milliseconds. */
export const noteFigure = (what: string, ms: number): void => note({ what, ms: Math.round(ms) })

function note(figures: object): void {
  mkdirSync(pictureFolder, { recursive: true })
  const line = JSON.stringify({ at: new Date().toISOString(), ...figures })
  appendFileSync(join(pictureFolder, 'figures.jsonl'), `${line}\n`)
}
