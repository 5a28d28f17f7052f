import type { AskError } from '../../ask/ask.js'
import { Bars } from '../../parts/bars.js'
import { Problem } from '../../parts/problem.js'
import { useLanguage, useWords } from '../../words/words.js'
import { type Backtest, weekOf } from './backtest.js'

interface ResultProps {
  readonly value: Backtest | undefined
  readonly error: AskError | undefined
  readonly isAsking: boolean
  readonly again: () => void
}

/** How much a choice would have brought, and when. */
export function Result({ value, error, isAsking, again }: ResultProps) {
  const { subscribe } = useWords()
  return (
    <section className="result" aria-labelledby="result" aria-busy={isAsking}>
      <h2 id="result" className="unseen">
        {subscribe.result}
      </h2>
      {error && !isAsking ? <Problem error={error} again={again} /> : <Count value={value} />}
    </section>
  )
}

function Count({ value }: { readonly value: Backtest | undefined }) {
  const { subscribe } = useWords()
  const [language] = useLanguage()
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const number = new Intl.NumberFormat(language)
  const { items } = weekOf(value?.perDay ?? [])
  const bars = (value?.perDay ?? []).map((each) => ({
    label: subscribe.perDay(day.format(new Date(each.date)), each.items),
    value: each.items,
  }))
  const first = value?.perDay[0]
  return (
    <>
      <p className="count">
        <strong>{value ? number.format(items) : '–'}</strong>
        <span>
          {subscribe.lastWeek(items)}
          <br />
          <Trend value={value} />
        </span>
      </p>
      <div className="days">
        {value ? <Bars bars={bars} label={subscribe.chart(value.days)} /> : null}
        <p className="quiet tiny">
          <span>{first ? day.format(new Date(first.date)) : ' '}</span>
          <span>{value ? subscribe.inDays(number.format(value.items), value.days) : ' '}</span>
          <span>{subscribe.today}</span>
        </p>
      </div>
      {value && !value.complete ? (
        <p className="quiet small">{subscribe.cut(day.format(new Date(value.from)))}</p>
      ) : null}
    </>
  )
}

/** How the last week is to the one before, by an arrow and in words. */
function Trend({ value }: { readonly value: Backtest | undefined }) {
  const { subscribe } = useWords()
  const [language] = useLanguage()
  const { change } = weekOf(value?.perDay ?? [])
  if (change === undefined) return <span className="quiet small"> </span>
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    signDisplay: 'always',
    maximumFractionDigits: 0,
  })
  const arrow = change > 0 ? '▲' : '▼'
  return (
    <span className="quiet small">
      {change === 0
        ? subscribe.asBefore
        : `${arrow} ${subscribe.weekBefore(percent.format(change))}`}
    </span>
  )
}
