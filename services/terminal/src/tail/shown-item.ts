import { z } from 'zod'
import { type Item, regionsOf, topicsOf } from '../items/item.js'
import {
  clean,
  clockTime,
  cut,
  type Piece,
  paint,
  plain,
  type Style,
  widthOf,
} from '../screen/index.js'

/** The event `item` of the live stream, and one line of `newswire tail --json`. */
export const liveItemSchema = z.object({
  id: z.string(),
  version: z.number(),
  change: z.string().nullish(),
  headline: z.string().nullish(),
  wire: z.string(),
  language: z.string().nullish(),
  publishedAt: z.string().nullish(),
  regions: z.array(z.string()).default([]),
  topics: z.array(z.string()).default([]),
  status: z.string().default('usable'),
})
export type LiveItem = z.output<typeof liveItemSchema>

export function liveItemOf(item: Item): LiveItem {
  const { id, version, change, headline, wire, published, status } = item._newswire
  return {
    ...{ id, version, change, headline, wire, status },
    ...{ language: item.language, publishedAt: published },
    ...{ regions: regionsOf(item), topics: topicsOf(item) },
  }
}

const marks: Readonly<Record<string, readonly [mark: string, style: Style]>> = {
  new: ['●', 'good'],
  update: ['↻', 'accent'],
  correction: ['!', 'odd'],
  withdrawal: ['✗', 'bad'],
}
const wireColumns = 4
const regionsShown = 4
const headlineColumnsMin = 28

/** One line that fits the terminal: time, change, wire, language, headline, regions, id. */
export function lineOf(item: LiveItem, at: Date, columns: number): Piece[] {
  const isWithdrawn = item.status !== 'usable'
  const head = headOf(item, at)
  const room = columns - widthOf(head.map(plain).join(''))
  const regions = item.regions.slice(0, regionsShown).join(' ')
  // The id is what goes on from here; regions are there where there is room for them too.
  const feet = [...(regions === '' ? [] : [`  ${regions}  ${item.id}`]), `  ${item.id}`, '']
  const foot = feet.find((each) => room - widthOf(clean(each)) >= headlineColumnsMin) ?? ''
  const headline = cut(clean(item.headline ?? ''), Math.max(1, room - widthOf(clean(foot))))
  return [...head, paint(isWithdrawn ? 'dim' : 'strong', headline), paint('dim', foot)]
}

function headOf({ status, change, wire, language }: LiveItem, at: Date): Piece[] {
  const kind = status === 'usable' ? (change ?? 'new') : 'withdrawal'
  const [mark, style] = marks[kind] ?? marks['update'] ?? ['', 'accent']
  const word = kind === 'new' ? '' : `${kind} `
  return [
    paint('dim', `${clockTime(at)} `),
    paint(style, `${mark} `),
    `${cut(clean(wire), wireColumns).padEnd(wireColumns)} `,
    paint('dim', `${(language ?? '').padEnd(2)} `),
    paint(style, word),
  ]
}
