import { Link } from 'wouter'
import { useWords } from '../words/words.js'

export function NotFound() {
  const { frame } = useWords()
  return (
    <div className="page stack">
      <h1>{frame.notFound}</h1>
      <p className="quiet">{frame.notFoundSay}</p>
      <p>
        <Link href="/">{frame.subscribe}</Link>
      </p>
    </div>
  )
}
