import { useDeskWords } from '../../words/use-desk-words.js'
import type { Overview } from '../shapes.js'
import { useNarrow } from '../use-narrow.js'
import { layouts, lineOf, pipes } from './layout.js'
import { StationBox } from './station-box.js'
import { type Station, type StationName, secondsOf, stationsOf } from './stations.js'

/** The hero: what flows, where it waits, where it breaks. Each place leads to what is behind. */
export function Flow({ overview }: { readonly overview: Overview }) {
  const { flow } = useDeskWords()
  const direction = useNarrow() ? 'standing' : 'lying'
  const { width, height, boxes } = layouts[direction]
  const stations = stationsOf(overview)
  return (
    <nav id="flow" className={`flow ${direction}`} aria-label={flow.label}>
      <svg viewBox={`-2 -2 ${width + 4} ${height + 4}`} role="presentation">
        {pipes.map((pipe) => (
          <PipeLine
            key={`${pipe.from} ${pipe.to}`}
            line={lineOf(pipe, direction)}
            seconds={rateOf(stations, pipe.rate)}
          />
        ))}
        {[...stations.values()].map((station) => (
          <StationBox
            key={station.name}
            station={station}
            overview={overview}
            box={boxes[station.name]}
          />
        ))}
      </svg>
    </nav>
  )
}

function rateOf(
  stations: ReadonlyMap<StationName, Station>,
  name: StationName | undefined,
): number | undefined {
  const stage = name === undefined ? undefined : stations.get(name)?.stage
  return stage === undefined ? undefined : secondsOf(stage.itemsPerMinute)
}

function PipeLine({
  line,
  seconds,
}: {
  readonly line: string
  readonly seconds: number | undefined
}) {
  return (
    <>
      <path className="pipe" d={line} />
      {seconds === undefined ? null : (
        <path className="moving" d={line} style={{ animationDuration: `${seconds}s` }} />
      )}
    </>
  )
}
