import { useState } from 'react'
import type { Choice } from '../../filter/choice.js'
import { Copy } from '../../parts/copy.js'
import { useLanguage, useWords } from '../../words/words.js'
import { type Format, feedPath, formats, webhookPath } from './addresses.js'

/** The address of the choice in each format, and the way to a webhook. */
export function TakeAway({ choice }: { readonly choice: Choice }) {
  const { subscribe } = useWords()
  const [language] = useLanguage()
  const [format, setFormat] = useState<Format>('rss')
  const path = feedPath(format, choice, language)
  const name = subscribe.formats[format]
  return (
    <section className="take" id="take" aria-labelledby="take-title">
      <h2 id="take-title">{subscribe.take}</h2>
      <div className="segments" role="radiogroup" aria-label={subscribe.format}>
        {formats.map((each) => (
          <label key={each} className="segment">
            <input
              type="radio"
              name="format"
              value={each}
              checked={each === format}
              onChange={() => setFormat(each)}
            />
            <span>{subscribe.formats[each]}</span>
          </label>
        ))}
      </div>
      <Copy name={name} text={`${location.origin}${path}`} />
      <p className="row between small">
        <span className="quiet">{subscribe.formatSay[format]}</span>
        <a href={path}>{format === 'opml' ? subscribe.download : subscribe.openFeed}</a>
      </p>
      <p className="to-webhook">
        <a className="button" href={webhookPath(choice)}>
          {subscribe.webhook} <span aria-hidden="true">→</span>
        </a>
        <span className="quiet small">{subscribe.webhookSay}</span>
      </p>
    </section>
  )
}
