import { useQuery } from '../ask/use-query.js'
import { useWords } from '../words/words.js'
import { wantableStates } from './shapes.js'

/** What is searched for among deliveries: as the address of the page and the API have it. */
export interface DeliverySearch {
  readonly item: string
  readonly status: string
  /** As a `datetime-local` field has them: in the reader's own time. */
  readonly from: string
  readonly to: string
}

const names = ['item', 'status', 'from', 'to'] as const

/** The search lives in the address of the page, so that it can be shared. */
export function useDeliverySearch(): readonly [DeliverySearch, (next: DeliverySearch) => void] {
  return useQuery(names)
}

/** As the API takes it; a time that is half written is left out. */
export function queryOfSearch({ item, status, from, to }: DeliverySearch): URLSearchParams {
  const query = new URLSearchParams()
  if (item.trim() !== '') query.set('item', item.trim())
  if (wantableStates.some((each) => each === status)) query.set('status', status)
  const times = { from: instantOf(from), to: instantOf(to) }
  if (times.from) query.set('from', times.from)
  if (times.to) query.set('to', times.to)
  return query
}

/** RFC 3339 in UTC; undefined where it is no time. */
export function instantOf(local: string): string | undefined {
  const date = new Date(local)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

export function SearchFields({
  search,
  change,
}: {
  readonly search: DeliverySearch
  readonly change: (next: DeliverySearch) => void
}) {
  const { webhooks } = useWords()
  return (
    <search className="delivery-search">
      <label className="field">
        {webhooks.item}
        <input
          className="input"
          type="search"
          placeholder="na-…"
          maxLength={200}
          value={search.item}
          onChange={({ target }) => change({ ...search, item: target.value })}
        />
      </label>
      <label className="field">
        {webhooks.status}
        <select
          className="select"
          value={search.status}
          onChange={({ target }) => change({ ...search, status: target.value })}
        >
          <option value="">{webhooks.anyStatus}</option>
          {wantableStates.map((each) => (
            <option key={each} value={each}>
              {each === 'open' ? webhooks.open : webhooks.deliveryStates[each]}
            </option>
          ))}
        </select>
      </label>
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="field">
          {webhooks[name]}
          <input
            className="input"
            type="datetime-local"
            value={search[name]}
            onChange={({ target }) => change({ ...search, [name]: target.value })}
          />
        </label>
      ))}
    </search>
  )
}
