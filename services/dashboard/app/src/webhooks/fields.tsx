import { useId } from 'react'
import { useWords } from '../words/words.js'
import { type Draft, withHeader } from './draft.js'
import { type EventType, eventTypes, formats, signatures } from './shapes.js'

interface FieldsProps {
  readonly draft: Draft
  readonly write: (draft: Draft) => void
}

/** What is asked of who registers or changes a webhook, but for its filter. */
export function Fields({ draft, write, hasUrl }: FieldsProps & { readonly hasUrl: boolean }) {
  const { webhooks } = useWords()
  const id = useId()
  return (
    <>
      {hasUrl ? (
        <Text
          label={webhooks.address}
          say={webhooks.urlSay}
          type="url"
          charsMax={2_000}
          value={draft.url}
          write={(url) => write({ ...draft, url })}
          isRequired
        />
      ) : null}
      <Text
        label={webhooks.name}
        say={webhooks.nameSay}
        charsMax={100}
        value={draft.name}
        write={(name) => write({ ...draft, name })}
      />
      <label className="field">
        {webhooks.format}
        <select
          className="select"
          value={draft.format}
          onChange={({ target }) =>
            write({ ...draft, format: formats.find((each) => each === target.value) ?? 'newswire' })
          }
        >
          {formats.map((each) => (
            <option key={each} value={each}>
              {webhooks.formats[each]}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="checks" aria-describedby={id}>
        <legend>{webhooks.events}</legend>
        {eventTypes.map((each) => (
          <EventCheck key={each} type={each} draft={draft} write={write} />
        ))}
        <p id={id} className="quiet small">
          {webhooks.eventsSay}
        </p>
      </fieldset>
      <details className="more">
        <summary>{webhooks.more}</summary>
        <div className="stack">
          <MoreFields draft={draft} write={write} hasUrl={hasUrl} />
        </div>
      </details>
    </>
  )
}

function EventCheck({ type, draft, write }: FieldsProps & { readonly type: EventType }) {
  const { webhooks } = useWords()
  const isChosen = draft.events.includes(type)
  // One must stay.
  const isLast = isChosen && draft.events.length === 1
  const events = eventTypes.filter((each) =>
    each === type ? !isChosen : draft.events.includes(each),
  )
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={isChosen}
        disabled={isLast}
        onChange={() => write({ ...draft, events })}
      />
      {webhooks.eventNames[type]}
    </label>
  )
}

function MoreFields({ draft, write, hasUrl }: FieldsProps & { readonly hasUrl: boolean }) {
  const { webhooks } = useWords()
  return (
    <>
      <Text
        label={webhooks.description}
        charsMax={500}
        value={draft.description}
        write={(description) => write({ ...draft, description })}
      />
      {hasUrl ? (
        <>
          <label className="field">
            {webhooks.signature}
            <select
              className="select"
              value={draft.signature}
              onChange={({ target }) => {
                const signature = signatures.find((each) => each === target.value) ?? 'hmac'
                write({ ...draft, signature })
              }}
            >
              {signatures.map((each) => (
                <option key={each} value={each}>
                  {webhooks.signatures[each]}
                </option>
              ))}
            </select>
          </label>
          <Headers draft={draft} write={write} />
        </>
      ) : null}
      <div className="pair">
        <Text
          label={webhooks.rate}
          say={webhooks.noLimit}
          type="number"
          max={1_000}
          value={draft.ratePerSecond}
          write={(ratePerSecond) => write({ ...draft, ratePerSecond })}
        />
        <Text
          label={webhooks.concurrency}
          say={webhooks.noLimit}
          type="number"
          max={32}
          value={draft.concurrency}
          write={(concurrency) => write({ ...draft, concurrency })}
        />
      </div>
    </>
  )
}

const headersMax = 20

function Headers({ draft, write }: FieldsProps) {
  const { webhooks, parts } = useWords()
  const change = (key: number, change: object) =>
    write({
      ...draft,
      headers: draft.headers.map((each) => (each.key === key ? { ...each, ...change } : each)),
    })
  return (
    <fieldset className="stack tight plain">
      <legend>{webhooks.headers}</legend>
      <p className="quiet small">{webhooks.headersSay}</p>
      {draft.headers.map(({ key, name, value }) => (
        <div key={key} className="own-header">
          <input
            className="input"
            aria-label={webhooks.headerName}
            placeholder={webhooks.headerName}
            value={name}
            maxLength={100}
            onChange={({ target }) => change(key, { name: target.value })}
          />
          <input
            className="input"
            aria-label={`${webhooks.headerValue}: ${name}`}
            placeholder={webhooks.headerValue}
            value={value}
            maxLength={2_000}
            autoComplete="off"
            onChange={({ target }) => change(key, { value: target.value })}
          />
          <button
            className="button plain"
            type="button"
            aria-label={parts.remove(name || webhooks.headerName)}
            onClick={() =>
              write({ ...draft, headers: draft.headers.filter((each) => each.key !== key) })
            }
          >
            ✕
          </button>
        </div>
      ))}
      <p>
        <button
          className="button"
          type="button"
          disabled={draft.headers.length >= headersMax}
          onClick={() => write(withHeader(draft))}
        >
          {webhooks.addHeader}
        </button>
      </p>
    </fieldset>
  )
}

interface TextProps {
  readonly label: string
  readonly say?: string
  readonly type?: 'text' | 'url' | 'number'
  readonly value: string
  readonly write: (value: string) => void
  readonly charsMax?: number
  readonly max?: number
  readonly isRequired?: boolean
}

function Text(props: TextProps) {
  const { label, say, type = 'text', value, write, charsMax, max, isRequired = false } = props
  return (
    <label className="field">
      {label}
      <input
        className="input"
        dir={type === 'text' ? 'auto' : undefined}
        type={type}
        placeholder={say}
        value={value}
        required={isRequired}
        maxLength={charsMax}
        min={type === 'number' ? 1 : undefined}
        max={max}
        onChange={({ target }) => write(target.value)}
      />
    </label>
  )
}
