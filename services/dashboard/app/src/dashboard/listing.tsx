import type { CSSProperties, ReactNode } from 'react'
import { Problem } from '../parts/problem.js'
import { scrolls } from '../parts/scrolls.js'
import { useDeskWords } from '../words/use-desk-words.js'
import type { Pages } from './use-pages.js'
import './listing.css'

interface ListingProps<T> {
  readonly pages: Pages<T>
  readonly label: string
  /** Titles of the columns, in order. */
  readonly columns: readonly string[]
  /** Those of them that hold numbers. */
  readonly numbers?: readonly string[]
  readonly row: (line: T) => ReactNode
  /** What stands where nothing is. */
  readonly empty: ReactNode
}

/** A dense table, one page of it at a time; the former page stays while the next is asked for. */
export function Listing<T>({ pages, row, empty, ...table }: ListingProps<T>) {
  const { value, error, isAsking, again } = pages
  if (error && !value) return <Problem error={error} again={again} />
  if (!value) return <div className="waiting" aria-busy="true" />
  return (
    <div className="stack tight" aria-busy={isAsking}>
      {error && !isAsking ? <Problem error={error} again={again} /> : null}
      {value.items.length === 0 ? (
        <div className="empty">{empty}</div>
      ) : (
        <Table {...table} isCards>
          {value.items.map(row)}
        </Table>
      )}
      <Paging pages={pages} />
    </div>
  )
}

interface TableProps extends Pick<ListingProps<unknown>, 'label' | 'columns' | 'numbers'> {
  /** Where there is no room for a table each row is a card that names its cells. */
  readonly isCards?: boolean
  readonly children: ReactNode
}

export function Table({ label, columns, numbers = [], isCards = false, children }: TableProps) {
  return (
    <div className="rows" {...scrolls}>
      <table
        aria-label={label}
        className={isCards ? 'cards' : 'figures'}
        style={isCards ? namesOf(columns) : undefined}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={numbers.includes(column) ? 'number' : undefined}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** Titles of columns as the style reads them: `--name-1`, `--name-2`, … */
function namesOf(columns: readonly string[]): CSSProperties {
  return Object.fromEntries(columns.map((name, at) => [`--name-${at + 1}`, JSON.stringify(name)]))
}

function Paging<T>({ pages }: { readonly pages: Pages<T> }) {
  const { list } = useDeskWords()
  if (!pages.older && !pages.newer) return null
  return (
    <nav className="row" aria-label={list.page(pages.number)}>
      <button className="button" type="button" disabled={!pages.newer} onClick={pages.newer}>
        ← {list.newer}
      </button>
      <span className="quiet small">{list.page(pages.number)}</span>
      <button className="button" type="button" disabled={!pages.older} onClick={pages.older}>
        {list.older} →
      </button>
    </nav>
  )
}

/** What an empty place says: what is so, and what to do next. */
export function Empty({ title, say }: { readonly title: string; readonly say?: string }) {
  return (
    <>
      <p>{title}</p>
      {say === undefined ? null : <p className="quiet small">{say}</p>}
    </>
  )
}
