import { scrolls } from '../parts/scrolls.js'

/** A text from outside, as text; where it is long, it scrolls by itself. */
export function Said({ text }: { readonly text: string }) {
  return (
    <pre className="said" dir="auto" {...scrolls}>
      {text}
    </pre>
  )
}
