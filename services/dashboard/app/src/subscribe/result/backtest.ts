/** What `POST /api/v1/filters/backtest` answers. */
export interface Backtest {
  readonly days: number
  /** RFC 3339; later than the days wanted where there is more than can be looked at. */
  readonly from: string
  readonly items: number
  /** Oldest day first; today is the last. */
  readonly perDay: readonly { readonly date: string; readonly items: number }[]
  readonly newest: readonly FoundItem[]
  readonly complete: boolean
}

export interface FoundItem {
  readonly id: string
  readonly headline: string
  readonly published: string
  readonly status: string
  readonly tags: readonly FoundTag[]
}

export interface FoundTag {
  readonly scheme: string
  readonly code: string
  /** In the language of the item. */
  readonly label: string
}

export const backtestDays = 28
const weekDays = 7

/** Items of the last seven days, and how that is to the seven before: 0.5 is half more. */
export function weekOf(perDay: Backtest['perDay']): {
  readonly items: number
  /** Undefined where there was nothing the week before. */
  readonly change: number | undefined
} {
  const sum = (from: number, to?: number) =>
    perDay.slice(from, to).reduce((total, { items }) => total + items, 0)
  const items = sum(-weekDays)
  const before = sum(-2 * weekDays, -weekDays)
  return { items, change: before === 0 ? undefined : (items - before) / before }
}
