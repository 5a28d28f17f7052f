import { useState } from 'react'
import { itemWords } from '../words/item.js'
import { useLanguage } from '../words/words.js'
import type { Tag } from './shapes.js'
import { withToken } from './with-token.js'

/** The surest tags that make the feed of what the release is about. */
const tagsInFeedMax = 3

function feedOf(tags: readonly Tag[], key: 'topic' | 'region'): string | undefined {
  const meant = tags.filter(({ scheme }) => {
    return key === 'topic' ? scheme === 'medtop' : !['medtop', 'lang'].includes(scheme)
  })
  const surest = [...meant].sort((a, b) => b.score - a.score).slice(0, tagsInFeedMax)
  if (surest.length === 0) return undefined
  const codes = surest.map(({ code }) => encodeURIComponent(code)).sort()
  return withToken(`/feeds/rss?${key}=${codes.join().replaceAll('%3A', ':')}`)
}

/** Its address to be copied, and what goes on like it. */
export function Share({ tags }: { readonly tags: readonly Tag[] }) {
  const words = itemWords[useLanguage()[0]]
  const [said, say] = useState('')
  const copy = async () => {
    // The address of a private item carries the reader's own token: it is not passed on.
    const url = new URL(location.href)
    url.searchParams.delete('token')
    url.hash = ''
    await navigator.clipboard.writeText(url.href).then(
      () => say(words.copied),
      () => say(words.copyByHand),
    )
  }
  const links = [
    [words.feedOfTopics, feedOf(tags, 'topic')],
    [words.feedOfRegions, feedOf(tags, 'region')],
  ] as const
  return (
    <div className="row share">
      <button className="button" type="button" onClick={() => void copy()}>
        {words.copyLink}
      </button>
      {links.map(([name, href]) =>
        href === undefined ? null : (
          <a key={name} className="button" href={href}>
            {name}
          </a>
        ),
      )}
      <span className="quiet small" role="status">
        {said}
      </span>
    </div>
  )
}
