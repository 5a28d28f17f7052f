import { Time } from '../../parts/time.js'
import { useLanguage, useWords } from '../../words/words.js'
import { useLabels } from '../vocabulary.js'
import type { Backtest, FoundItem, FoundTag } from './backtest.js'

const shownMax = 12
const tagsMax = 4

/** The newest releases that match, as they stand now. */
export function Newest({ value }: { readonly value: Backtest | undefined }) {
  const { subscribe } = useWords()
  const labelOf = useTagLabels(value?.newest ?? [])
  return (
    <section className="newest" aria-labelledby="newest" aria-busy={value === undefined}>
      <h2 id="newest">{subscribe.newest}</h2>
      {value?.newest.length === 0 ? (
        <div className="stack tight">
          <p>{subscribe.empty}</p>
          <p className="quiet small">{subscribe.emptySay}</p>
        </div>
      ) : null}
      <ol>
        {(value?.newest ?? []).slice(0, shownMax).map((item) => (
          <NewestItem key={item.id} item={item} labelOf={labelOf} />
        ))}
      </ol>
    </section>
  )
}

interface NewestItemProps {
  readonly item: FoundItem
  readonly labelOf: (tag: FoundTag) => string
}

function NewestItem({ item, labelOf }: NewestItemProps) {
  const { subscribe } = useWords()
  const { id, headline, published, status, tags } = item
  const isWithdrawn = status === 'canceled'
  const shown = shownTags(tags)
  return (
    <li>
      <a className="clamped" href={`/items/${encodeURIComponent(id)}`} dir="auto">
        {isWithdrawn ? <s>{headline}</s> : headline}
      </a>
      <p className="quiet small">
        <Time at={published} />
        {isWithdrawn ? <span className="fault"> · ✕ {subscribe.withdrawn}</span> : null}
        {shown.map((tag) => (
          <span key={tag.code}> · {labelOf(tag)}</span>
        ))}
      </p>
    </li>
  )
}

function shownTags(tags: readonly FoundTag[]): readonly FoundTag[] {
  return tags.filter(({ scheme }) => scheme !== 'lang').slice(0, tagsMax)
}

/** Items carry labels in their own language; here they stand in the reader's. */
function useTagLabels(items: readonly FoundItem[]): (tag: FoundTag) => string {
  const [language] = useLanguage()
  const tags = items.slice(0, shownMax).flatMap((item) => shownTags(item.tags))
  const codes = (isTopic: boolean) => [
    ...new Set(
      tags.flatMap(({ scheme, code }) => ((scheme === 'medtop') === isTopic ? [code] : [])),
    ),
  ]
  const topics = useLabels('topic', codes(true), language)
  const regions = useLabels('region', codes(false), language)
  return ({ scheme, code, label }) => {
    const found = scheme === 'medtop' ? topics.labelOf(code) : regions.labelOf(code)
    return found === code ? label : found
  }
}
