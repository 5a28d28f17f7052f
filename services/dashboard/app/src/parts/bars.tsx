export interface Bar {
  readonly label: string
  readonly value: number
}

const gap = 0.25

/** One bar for each value, from 0 up; the words stand in a list beside it. */
export function Bars({ bars, label }: { readonly bars: readonly Bar[]; readonly label: string }) {
  const largest = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <figure aria-label={label}>
      <svg
        className="bars"
        viewBox={`0 0 ${bars.length} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {bars.map(({ label: name, value }, at) => {
          const height = value === 0 ? 0.02 : Math.max(0.05, value / largest)
          return (
            <rect
              key={name}
              className={value === 0 ? 'none' : undefined}
              x={at + gap / 2}
              y={1 - height}
              width={1 - gap}
              height={height}
            >
              <title>{name}</title>
            </rect>
          )
        })}
      </svg>
      <ul className="unseen">
        {bars.map(({ label: name }) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </figure>
  )
}
