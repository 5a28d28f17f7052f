import { useId, useState } from 'react'
import { sideOf, toggled } from '../../filter/choice.js'
import { useLanguage, useWords } from '../../words/words.js'
import type { ChoiceProps } from '../choice-props.js'
import { capitalized, useLabels, useSearchRows } from '../vocabulary.js'
import { TopicTree } from './topic-tree.js'

/** All topics as a tree; while something is typed, the ones that are called so. */
export function Topics(props: ChoiceProps) {
  const { subscribe } = useWords()
  const id = useId()
  const [text, setText] = useState('')
  return (
    <section className="topics" aria-labelledby={id}>
      <h2 id={id}>{subscribe.keys.topic}</h2>
      <input
        className="input"
        type="search"
        aria-label={subscribe.topicsSay}
        placeholder={subscribe.topicsSay}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {text.trim() === '' ? <TopicTree {...props} /> : <FoundTopics {...props} text={text} />}
    </section>
  )
}

function FoundTopics({ choice, choose, text }: ChoiceProps & { readonly text: string }) {
  const { subscribe } = useWords()
  const [language] = useLanguage()
  const { rows, value, isAsking } = useSearchRows('topic', text, language)
  const parents = [...new Set(rows.flatMap(({ broader }) => broader))]
  const { labelOf } = useLabels('topic', parents, language)
  if (value !== undefined && !isAsking && rows.length === 0) {
    return <p className="tree quiet option">{subscribe.noMatch}</p>
  }
  return (
    <>
      <p className="unseen" role="status">
        {isAsking ? '' : subscribe.found(rows.length)}
      </p>
      <ul className="tree found">
        {rows.map(({ code, labels, broader }) => (
          <li key={code}>
            <label className="check">
              <input
                type="checkbox"
                checked={sideOf(choice, 'topic', code) === 'is'}
                onChange={() => choose(toggled(choice, 'topic', code))}
              />
              <span>
                {capitalized(labels[language], language)}
                {broader.length === 0 ? null : (
                  <span className="quiet">
                    {' '}
                    · {[...broader].reverse().map(labelOf).join(' › ')}
                  </span>
                )}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </>
  )
}
