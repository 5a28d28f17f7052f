import { lazy, Suspense, useState } from 'react'
import { useAgain } from '../../ask/use-again.js'
import { useAsk } from '../../ask/use-ask.js'
import { Problem } from '../../parts/problem.js'
import { useDeskWords } from '../../words/use-desk-words.js'
import { Empty, Table } from '../listing.js'
import { type History, type Range, seriesNames } from '../shapes.js'
import { useNumbers } from '../use-numbers.js'

const HistoryCharts = lazy(async () => ({
  default: (await import('./history-charts.js')).HistoryCharts,
}))
const ranges: readonly Range[] = ['24h', '30d']
/** A step of 24 hours is a minute: by then there is something new. */
const freshMs = 60_000
/** Lines of the table: the newest steps. */
const rowsMax = 48

/** How it was: 24 hours or 30 days, as curves and as a table. */
export function HistoryPanel() {
  const { history } = useDeskWords()
  const [range, setRange] = useState<Range>('24h')
  const { value, error, again } = useAsk<History>(`/api/v1/history?range=${range}`)
  useAgain(again, freshMs)
  const isEmpty =
    value && seriesNames.every((name) => value.series[name].every((each) => each === null))
  return (
    <section className="stack tight" aria-labelledby="history">
      <div className="row">
        <h2 id="history">{history.title}</h2>
        {ranges.map((each) => (
          <button
            key={each}
            className="button plain"
            type="button"
            aria-pressed={each === range}
            onClick={() => setRange(each)}
          >
            {history.range[each]}
          </button>
        ))}
      </div>
      {error && !value ? <Problem error={error} again={again} /> : null}
      {isEmpty ? <Empty title={history.empty} /> : null}
      {value && !isEmpty ? (
        <Suspense fallback={<div className="waiting charts" />}>
          <HistoryCharts history={value} />
          <HistoryTable history={value} />
        </Suspense>
      ) : null}
    </section>
  )
}

function HistoryTable({ history: { from, stepSeconds, series } }: { readonly history: History }) {
  const { history } = useDeskWords()
  const { at, count } = useNumbers()
  const steps = series.raw.length
  const names = seriesNames.map((name) => history.series[name])
  const shown = Array.from({ length: Math.min(rowsMax, steps) }, (_, back) => steps - 1 - back)
  return (
    <details>
      <summary>{history.table}</summary>
      <Table label={history.title} columns={[history.time, ...names]} numbers={names}>
        {shown.map((step) => (
          <tr key={step}>
            <td>{at(Date.parse(from) + step * stepSeconds * 1_000)}</td>
            {seriesNames.map((name) => (
              <td key={name} className="number">
                {told(series[name][step], count, history.none)}
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </details>
  )
}

function told(
  value: number | null | undefined,
  count: (value: number) => string,
  none: string,
): string {
  return value === null || value === undefined ? none : count(value)
}
