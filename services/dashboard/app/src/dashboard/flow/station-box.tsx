import { Link } from 'wouter'
import type { DeskWords } from '../../words/desk-en.js'
import { useDeskWords } from '../../words/use-desk-words.js'
import { shapeOf } from '../mark.js'
import type { Overview, Stage } from '../shapes.js'
import { type Numbers, useNumbers } from '../use-numbers.js'
import type { Box } from './layout.js'
import type { Station } from './stations.js'

interface Lines {
  readonly figure: string
  readonly unit: string
  readonly trend: '' | '↑' | '↓' | '→'
  readonly trendSays: string
  readonly below: readonly { readonly text: string; readonly isBad: boolean }[]
}

const padding = 14

/** A place of the flow: a link with all that is known of it; in words, where one points at it. */
export function StationBox({
  station,
  overview,
  box,
}: {
  readonly station: Station
  readonly overview: Overview
  readonly box: Box
}) {
  const { flow } = useDeskWords()
  const numbers = useNumbers()
  const lines = linesOf(station, overview, { words: flow, numbers })
  const name = flow.names[station.name]
  const said = [name, `${lines.figure}${lines.unit}`, lines.trendSays]
  const label = [...said, ...lines.below.map(({ text }) => text)].filter(Boolean).join(', ')
  const { x, y, w, h } = box
  const isSmall = station.name === 'dead' || station.name === 'held'
  const figureY = isSmall ? y + 44 : y + 60
  return (
    <Link href={station.href}>
      <g className={`station ${station.mood}`}>
        <rect x={x} y={y} width={w} height={h} rx="8" />
        <path
          className="shape"
          d={shapeOf(station.mood)}
          transform={`translate(${x + w - padding - 10} ${isSmall ? y + 34 : y + 12})`}
        />
        <text className="station-name" x={x + padding} y={y + 22}>
          {name}
        </text>
        <text x={x + padding} y={figureY}>
          <tspan className={isSmall ? 'figure small' : 'figure'}>{lines.figure}</tspan>
          <tspan className="unit" dx="6">
            {`${lines.unit} ${lines.trend}`}
          </tspan>
        </text>
        {lines.below.map(({ text, isBad }, at) => (
          <text
            key={text}
            className={isBad ? 'below bad' : 'below'}
            x={x + padding}
            y={y + 84 + at * 18}
          >
            {text}
          </text>
        ))}
        <title>{label}</title>
      </g>
    </Link>
  )
}

interface Said {
  readonly words: DeskWords['flow']
  readonly numbers: Numbers
}

function linesOf(station: Station, overview: Overview, said: Said): Lines {
  if (station.stage) return stageLines(station.stage, overview, said)
  const none = { unit: '', trend: '', trendSays: '' } as const
  const figure = said.numbers.count(station.count ?? 0)
  if (station.name !== 'sources') return { ...none, figure, below: [] }
  const count = (states: readonly string[]) =>
    overview.sources.filter(({ state }) => states.includes(state)).length
  const troubled = count(['failing', 'silent'])
  const { words, numbers } = said
  return {
    ...none,
    figure,
    below: [
      { text: words.sourcesOf(numbers.count(count(['well'])), figure), isBad: false },
      troubled > 0
        ? { text: words.trouble(numbers.count(troubled)), isBad: true }
        : { text: words.noTrouble, isBad: false },
    ],
  }
}

function stageLines(stage: Stage, overview: Overview, { words, numbers }: Said): Lines {
  const { itemsPerMinute, previousPerMinute, backlog, oldestWaitingSeconds } = stage
  const direction = Math.sign(Math.round(itemsPerMinute) - Math.round(previousPerMinute))
  const { trend, trendSays } = trends(words)[direction + 1] ?? { trend: '', trendSays: '' }
  const oldest = oldestWaitingSeconds === null ? '' : numbers.span(oldestWaitingSeconds)
  const isDelivering = stage.stage === 'webhooks' && overview.deliveries.successRate !== null
  const errors = stage.errorsPerMinute
  const well = isDelivering
    ? words.delivered(numbers.percent(overview.deliveries.successRate ?? 0))
    : words.noErrors
  return {
    figure: numbers.count(Math.round(itemsPerMinute)),
    unit: words.perMinute,
    trend,
    trendSays,
    below: [
      { text: words.waiting(numbers.count(backlog), oldest), isBad: false },
      errors > 0
        ? { text: `▲ ${words.errors(numbers.count(errors))}`, isBad: true }
        : { text: well, isBad: false },
    ],
  }
}

const trends = ({ trend }: DeskWords['flow']) =>
  [
    { trend: '↓', trendSays: trend.down },
    { trend: '→', trendSays: trend.level },
    { trend: '↑', trendSays: trend.up },
  ] as const
