export type Mood = 'good' | 'warn' | 'bad' | 'still'

const shapes: Readonly<Record<Mood, string>> = {
  good: 'M6 1a5 5 0 1 0 .01 0Z',
  warn: 'M6 .5 11.8 11H.2Z',
  bad: 'M1 1h10v10H1Z',
  still: 'M2 1h3v10H2Zm5 0h3v10H7Z',
}

/** A state by its shape and its word, not by colour alone. */
export function Mark({ mood, children }: { readonly mood: Mood; readonly children: string }) {
  return (
    <span className={`mark ${mood}`}>
      <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
        <path d={shapes[mood]} />
      </svg>
      {children}
    </span>
  )
}

export function shapeOf(mood: Mood): string {
  return shapes[mood]
}
