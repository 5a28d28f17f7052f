import { useEffect, useState } from 'react'
import { itemWords } from '../words/item.js'
import { useLanguage } from '../words/words.js'
import { mark, rangesOf } from './evidence.js'
import type { Item, Tag } from './shapes.js'

/** Words of one tag that are listed. */
const evidenceShownMax = 6

/** Tags of the page mark their words in the text while they are pointed at or focused. */
function useTagsOfPage(tags: readonly Tag[], item: Item): void {
  useEffect(() => {
    const byCode = new Map(tags.map((tag) => [tag.code, tag]))
    const abort = new AbortController()
    const { signal } = abort
    for (const link of document.querySelectorAll<HTMLElement>('.release .tags [data-tag]')) {
      const tag = byCode.get(link.dataset['tag'] ?? '')
      if (!tag) continue
      const on = () => mark(rangesOf(tag, item))
      const off = () => mark([])
      for (const name of ['mouseenter', 'focus']) link.addEventListener(name, on, { signal })
      for (const name of ['mouseleave', 'blur']) link.addEventListener(name, off, { signal })
    }
    return () => {
      abort.abort()
      mark([])
    }
  }, [tags, item])
}

/** What led to each tag, in its own words; each of them is marked in the text when pointed at. */
export function Why({ tags, item }: { readonly tags: readonly Tag[]; readonly item: Item }) {
  const words = itemWords[useLanguage()[0]]
  useTagsOfPage(tags, item)
  // What language it is in, everybody sees.
  const told = tags.filter(({ scheme }) => scheme !== 'lang')
  if (told.length === 0) return null
  return (
    <details className="why">
      <summary>{words.why}</summary>
      <p className="quiet small">{words.whySay}</p>
      <ul className="reasons">
        {told.map((tag) => (
          <Reason key={`${tag.scheme}:${tag.code}`} tag={tag} item={item} />
        ))}
      </ul>
    </details>
  )
}

function Reason({ tag, item }: { readonly tag: Tag; readonly item: Item }) {
  const [language] = useLanguage()
  const words = itemWords[language]
  const [isMarked, setMarked] = useState(false)
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(tag.score)
  const show = (isOn: boolean) => {
    mark(isOn ? rangesOf(tag, item) : [])
    setMarked(isOn)
  }
  const goTo = () => {
    const [first] = rangesOf(tag, item)
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const behavior = calm ? 'auto' : 'smooth'
    first?.startContainer.parentElement?.scrollIntoView({ block: 'center', behavior })
  }
  return (
    <li>
      <button
        className="button plain"
        type="button"
        onMouseEnter={() => show(true)}
        onMouseLeave={() => show(false)}
        onFocus={() => show(true)}
        onBlur={() => show(false)}
        onClick={goTo}
      >
        <bdi>{tag.label}</bdi>
      </button>{' '}
      <span className="quiet small">
        {words.how[tag.how] ?? tag.how} · {words.sure(percent)}
      </span>
      <EvidenceOf tag={tag} />
      <span className="unseen" role="status">
        {isMarked ? words.because(tag.label) : ''}
      </span>
    </li>
  )
}

function EvidenceOf({ tag }: { readonly tag: Tag }) {
  const words = itemWords[useLanguage()[0]]
  const shown = tag.evidence.slice(0, evidenceShownMax)
  if (shown.length === 0) return <p className="quiet small">{words.noEvidence}</p>
  return (
    <p className="small">
      {shown.map(({ field, start, text }) => (
        <span key={`${field}:${start}`} className="evidence">
          <q dir="auto">{text}</q> <span className="quiet">{words.fields[field] ?? field}</span>
        </span>
      ))}
    </p>
  )
}
