import { useEffect, useRef, useState } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useDeskWords } from '../../words/use-desk-words.js'
import { useLanguage } from '../../words/words.js'
import type { History, SeriesName } from '../shapes.js'
import { useNumbers } from '../use-numbers.js'

const height = 132
/** Between two moments of an axis: a label with its half of the day fits in. CSS pixels. */
const labelPixels = 76
const charts = [
  { name: 'items', series: ['raw', 'items', 'tagged'] },
  { name: 'deliveries', series: ['delivered', 'failed'] },
  { name: 'backlog', series: ['backlog'] },
  { name: 'latency', series: ['latencyP95Ms'] },
] as const
const colours = ['--accent', '--warn', '--quiet'] as const

/** The curves; one moment for all, by the arrow keys as well. */
export function HistoryCharts({ history }: { readonly history: History }) {
  const words = useDeskWords().history
  const { at, count } = useNumbers()
  const steps = history.series.raw.length
  const [step, setStep] = useState<number>()
  // The step that runs has no numbers yet.
  const last = history.series.raw.findLastIndex((each) => each !== null)
  const moment = Math.min(step ?? last, steps - 1)
  const time = at(Date.parse(history.from) + moment * history.stepSeconds * 1_000)
  return (
    <div className="stack tight">
      <div className="charts">
        {charts.map(({ name, series }) => (
          <figure key={name}>
            <figcaption className="small">
              {words[name]}
              {series.map((each) => (
                <span key={each} className="quiet">
                  {' '}
                  · {words.series[each]} {shown(history.series[each][moment], count, words.none)}
                </span>
              ))}
            </figcaption>
            <Chart history={history} series={series} />
          </figure>
        ))}
      </div>
      <label className="field">
        {words.at}: {time}
        <input
          type="range"
          min="0"
          max={Math.max(0, steps - 1)}
          value={moment}
          aria-valuetext={time}
          onChange={({ target }) => setStep(Number(target.value))}
        />
      </label>
    </div>
  )
}

function shown(
  value: number | null | undefined,
  count: (value: number) => string,
  none: string,
): string {
  return value === null || value === undefined ? none : count(value)
}

function Chart({
  history,
  series,
}: {
  readonly history: History
  readonly series: readonly SeriesName[]
}) {
  const place = useRef<HTMLDivElement>(null)
  const [language] = useLanguage()
  useEffect(() => {
    const element = place.current
    if (!element) return undefined
    const begin = Date.parse(history.from) / 1_000
    const times = history.series.raw.map((_, step) => begin + step * history.stepSeconds)
    const data = [times, ...series.map((name) => [...history.series[name]])] as UPlot.AlignedData
    const plot = new UPlot(optionsOf(series, element, language), data, element)
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    resized.observe(element)
    const stopWatching = onTheme(() => plot.redraw(false, true))
    return () => {
      stopWatching()
      resized.disconnect()
      plot.destroy()
    }
  }, [history, series, language])
  return <div ref={place} className="chart" aria-hidden="true" />
}

/** Calls whenever the reader or the system chooses another theme. */
function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', changed)
  }
}

function optionsOf(
  series: readonly SeriesName[],
  element: HTMLElement,
  language: string,
): UPlot.Options {
  const style = getComputedStyle(element)
  // A canvas knows no light-dark(): the colour is read as it is painted here, at each drawing.
  const colourOf = (name: string) => () => {
    element.style.color = `var(${name})`
    const { color } = getComputedStyle(element)
    element.style.color = ''
    return color
  }
  const [quiet, line] = [colourOf('--quiet'), colourOf('--line')]
  const count = new Intl.NumberFormat(language, { notation: 'compact' })
  const axis = {
    stroke: quiet,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1 },
    font: `12px ${style.fontFamily}`,
  }
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    axes: [
      { ...axis, space: labelPixels, values: (_plot, moments) => momentsIn(language, moments) },
      { ...axis, size: 52, values: (_plot, values) => values.map((each) => count.format(each)) },
    ],
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] } },
    series: [
      {},
      ...series.map((_, at) => ({ stroke: colourOf(colours[at] ?? '--quiet'), width: 1.5 })),
    ],
  }
}

/** Hours, and the day where another begins, in the language. `moments`: Unix seconds. */
function momentsIn(language: string, moments: readonly number[]): string[] {
  const hour = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'numeric' })
  const daysOf = moments.map((each) => day.format(each * 1_000))
  const isDaily = new Set(daysOf).size === moments.length
  return moments.map((each, at) => {
    const days = daysOf[at] ?? ''
    if (isDaily) return days
    const time = hour.format(each * 1_000)
    return days === daysOf[at - 1] ? time : `${time}\n${days}`
  })
}
