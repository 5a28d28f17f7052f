import { Time } from '../parts/time.js'
import { itemWords } from '../words/item.js'
import { useLanguage } from '../words/words.js'
import type { StoryItem } from './shapes.js'
import { withToken } from './with-token.js'

/** The same release elsewhere; nothing where there is none. */
export function Story({ items }: { readonly items: readonly StoryItem[] }) {
  const words = itemWords[useLanguage()[0]]
  if (items.length === 0) return null
  return (
    <section aria-labelledby="item-story">
      <h2 id="item-story">{words.story}</h2>
      <ul className="lines-list">
        {items.map(({ id, wire, language, headline, published }) => (
          <li key={id}>
            <span className="mark">{wire}</span>{' '}
            <a
              className="clamped inline"
              href={withToken(`/items/${encodeURIComponent(id)}`)}
              lang={language}
              dir="auto"
            >
              {headline}
            </a>{' '}
            <small className="quiet">
              <Time at={published} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
