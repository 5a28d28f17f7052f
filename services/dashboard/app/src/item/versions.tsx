import { useId, useMemo, useState } from 'react'
import { Time } from '../parts/time.js'
import { itemWords } from '../words/item.js'
import { useLanguage } from '../words/words.js'
import { compare, type Piece } from './compare.js'
import { type Item, textOf } from './shapes.js'

/** The versions, newest first, each with what it changed. Nothing where there is only one. */
export function Versions({
  items,
  truncated,
}: {
  readonly items: readonly Item[]
  readonly truncated: boolean
}) {
  const words = itemWords[useLanguage()[0]]
  const [open, setOpen] = useState(0)
  const title = useId()
  if (items.length < 2) return null
  const newer = items[open]
  const older = items[open + 1]
  return (
    <section aria-labelledby={title} className="stack tight">
      <h2 id={title}>{words.versions}</h2>
      <ol className="versions" reversed>
        {items.map((item, at) => {
          const { version, change } = item._newswire
          const isCompared = at + 1 < items.length
          return (
            <li key={version}>
              <button
                className="button"
                type="button"
                aria-pressed={at === open}
                disabled={!isCompared}
                onClick={() => setOpen(at)}
              >
                <strong>{words.version(version)}</strong> {words.changes[change] ?? change}
              </button>{' '}
              <small className="quiet">
                <Time at={item.versionCreated} />
                {at === 0 ? ` · ${words.newest}` : ''}
              </small>
            </li>
          )
        })}
      </ol>
      {truncated ? <p className="quiet small">{words.olderLeftOut}</p> : null}
      {newer && older ? <Changes newer={newer} older={older} /> : null}
    </section>
  )
}

function Changes({ newer, older }: { readonly newer: Item; readonly older: Item }) {
  const words = itemWords[useLanguage()[0]]
  const [headline, text] = useMemo(
    () => [compare(headlineOf(older), headlineOf(newer)), compare(textOf(older), textOf(newer))],
    [older, newer],
  )
  const isSame = [headline, text].every((pieces) => pieces && !pieces.some(isChange))
  return (
    <div className="changes stack tight" aria-live="polite">
      <h3>{words.compare(older._newswire.version, newer._newswire.version)}</h3>
      {isSame ? <p>{words.same}</p> : null}
      {isSame ? null : <Pieces name={words.headline} pieces={headline} language={newer.language} />}
      {isSame ? null : <Pieces name={words.text} pieces={text} language={newer.language} />}
    </div>
  )
}

function Pieces({
  name,
  pieces,
  language,
}: {
  readonly name: string
  readonly pieces: readonly Piece[] | undefined
  readonly language: string
}) {
  const words = itemWords[useLanguage()[0]]
  if (pieces === undefined) return <p>{words.tooDifferent}</p>
  if (!pieces.some(isChange)) return null
  return (
    <>
      <h4 className="quiet small">{name}</h4>
      <p className="diff" lang={language} dir="auto">
        {pieces.map((piece, at) => {
          // A piece has no name of its own, and the list is made anew as a whole.
          const key = `${at}:${piece.kind}`
          if (piece.kind === 'added') return <ins key={key}>{piece.text}</ins>
          if (piece.kind === 'removed') return <del key={key}>{piece.text}</del>
          return <span key={key}>{piece.text}</span>
        })}
      </p>
    </>
  )
}

function isChange({ kind }: Piece): boolean {
  return kind === 'added' || kind === 'removed'
}

function headlineOf({ headlines }: Item): string {
  return headlines.map(({ value }) => value).join('\n')
}
