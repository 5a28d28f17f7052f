import { z } from 'zod'
import { type House, listAll, Refusal, readFilter } from '../house/index.js'
import { paint, relative } from '../screen/index.js'
import { type Outcome, outcomes, type Session } from '../session.js'
import { type Item, itemSchema, regionsOf } from './item.js'
import { sayItem } from './say-item.js'

export interface ItemsOptions {
  readonly limit: number
  /** `--no-text` makes it false. */
  readonly text: boolean
}

const pageItemsMax = 500
const regionsShown = 3

/** `newswire items [filter...]` lists, `newswire items ID` shows one in full. */
export async function items(
  parts: readonly string[],
  options: ItemsOptions,
  session: Session,
): Promise<Outcome> {
  const [only = ''] = parts
  const house = session.house()
  if (parts.length === 1 && !only.includes('=')) return oneItem(only, options, house, session)
  const found = await listAll(house, {
    ...{ path: '/api/v1/items', schema: itemSchema, query: readFilter(parts) },
    ...{ limit: options.limit, pageMax: pageItemsMax },
  })
  if (session.isJson) session.screen.json({ items: found })
  else sayList(found, session)
  return outcomes.done
}

function sayList(found: readonly Item[], { screen, now }: Session): void {
  if (found.length === 0) {
    screen.line('No item matches. Try fewer words, or watch for new ones: newswire tail.')
    return
  }
  const rows = found.map((item) => {
    const { id, wire, version, status, headline, published } = item._newswire
    const isWithdrawn = status !== 'usable'
    return [
      paint('dim', relative(published, now())),
      wire,
      item.language ?? '',
      isWithdrawn ? paint('bad', 'withdrawn') : `v${version}`,
      paint(isWithdrawn ? 'dim' : 'strong', headline ?? ''),
      regionsOf(item).slice(0, regionsShown).join(' '),
      paint('accent', id),
    ]
  })
  screen.table(
    [
      ...[
        { title: 'published' },
        { title: 'wire', isExtra: true },
        { title: '' },
        { title: 'state' },
      ],
      ...[
        { title: 'headline', isElastic: true },
        { title: 'regions', isExtra: true },
        { title: 'id', isWhole: true },
      ],
    ],
    rows,
  )
}

const withdrawnSchema = z.looseObject({ item: itemSchema })

async function oneItem(
  id: string,
  { text }: ItemsOptions,
  house: House,
  session: Session,
): Promise<Outcome> {
  const path = `/api/v1/items/${encodeURIComponent(id)}`
  const item = await house.ask('GET', path, itemSchema).catch((error: unknown) => {
    // What is withdrawn is told with what is left of it.
    const left = error instanceof Refusal && error.status === 410 ? error.problem : undefined
    const read = withdrawnSchema.safeParse(left)
    if (!read.success) throw error
    return read.data.item
  })
  if (session.isJson) session.screen.json(item)
  else sayItem(item, { hasText: text }, session)
  return outcomes.done
}
