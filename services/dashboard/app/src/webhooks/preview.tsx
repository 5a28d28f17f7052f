import { useState } from 'react'
import { useAsk } from '../ask/use-ask.js'
import type { Choice } from '../filter/choice.js'
import { Problem } from '../parts/problem.js'
import { scrolls } from '../parts/scrolls.js'
import { useLanguage, useWords } from '../words/words.js'
import type { Draft } from './draft.js'
import { Keys } from './keys.js'
import { api, type Call, type Preview } from './shapes.js'

const askAfterMs = 400
const charsShown = 3_000

/** The call that would be made of the newest release that matches, while the form is filled in. */
export function LivePreview({ draft, choice }: { readonly draft: Draft; readonly choice: Choice }) {
  const { webhooks } = useWords()
  const { signature } = draft
  const { value, error, isAsking, again } = useAsk<Preview>(`${api}/preview`, {
    method: 'POST',
    body: { filter: choice, signature },
    delayMs: askAfterMs,
  })
  const fault = error && !isAsking ? <Problem error={error} again={again} /> : null
  return (
    <section className="preview stack" aria-labelledby="preview" aria-busy={isAsking}>
      <h2 id="preview">{webhooks.preview}</h2>
      {fault}
      {value && !fault ? <Previewed value={value} draft={draft} /> : null}
      {!value && !error ? <div className="waiting" /> : null}
    </section>
  )
}

function Previewed({ value, draft }: { readonly value: Preview; readonly draft: Draft }) {
  const { webhooks } = useWords()
  const { item, secret, publicKey, calls } = value
  return (
    <>
      <p className="small clamped" dir="auto">
        {item ? webhooks.previewOf(item.headline) : webhooks.previewExample}
      </p>
      <CallText draft={draft} call={calls[draft.format]} />
      <p className="quiet small">{webhooks.previewSecret}</p>
      <Keys secret={secret} publicKey={publicKey} />
    </>
  )
}

function CallText({ draft, call }: { readonly draft: Draft; readonly call: Call }) {
  const { webhooks } = useWords()
  const [language] = useLanguage()
  const [isWhole, showWhole] = useState(false)
  const own = draft.headers.filter(({ name }) => name.trim() !== '')
  const headers = [
    ...own.map(({ key, name, value }) => [`own-${key}`, name.toLowerCase(), value] as const),
    ...Object.entries(call.headers).map(([name, value]) => [name, name, value] as const),
  ]
  const body = indented(call.body)
  const left = body.length - charsShown
  return (
    <div className="call">
      <pre {...scrolls}>
        <b>POST</b> {draft.url.trim() || 'https://…'}
        {'\n'}
        {headers.map(([key, name, value]) => (
          <span key={key}>
            <b>{name}</b>: {value}
            {'\n'}
          </span>
        ))}
        {'\n'}
        {isWhole || left <= 0 ? body : `${body.slice(0, charsShown)}…`}
      </pre>
      {left > 0 && !isWhole ? (
        <p className="row small">
          <span className="quiet">
            {webhooks.previewCut(new Intl.NumberFormat(language).format(left))}
          </span>
          <button className="button" type="button" onClick={() => showWhole(true)}>
            {webhooks.whole}
          </button>
        </p>
      ) : null}
    </div>
  )
}

/** Easier to read; what is sent has no line breaks. */
export function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
