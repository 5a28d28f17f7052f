import { type ReactNode, useState } from 'react'
import { ask } from '../ask/ask.js'
import { Foreign } from '../parts/foreign.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { Field, textOf } from './field.js'
import { Question } from './question.js'

interface Decided {
  readonly id?: string
  readonly version?: number
  readonly reason?: string
}

export function decide(
  id: string,
  verb: 'withdraw' | 'release' | 'link' | 'tags',
  body: object,
): Promise<Decided> {
  return ask<Decided>(`/api/v1/items/${encodeURIComponent(id)}/${verb}`, { method: 'POST', body })
}

/** What became of a decision, in words. */
export function useDecided(): (decided: Decided) => ReactNode {
  const { items } = useDeskWords()
  return ({ id, version, reason }) => {
    if (reason !== undefined) {
      return (
        <>
          {items.unchanged} <Foreign text={reason} />
        </>
      )
    }
    if (id === undefined || version === undefined) return items.accepted
    return items.did(items.version(id, version))
  }
}

/** Withdraw, release, link and tag any item by its id. */
export function ByHand() {
  const { items, list } = useDeskWords()
  const [given, setGiven] = useState('')
  const decided = useDecided()
  const id = given.trim()
  const reason = <Field name="reason" label={list.reason} required />
  return (
    <section className="sheet stack tight" aria-labelledby="by-hand">
      <h2 id="by-hand">{items.byHand}</h2>
      <label className="field">
        {items.id}
        <input
          className="input"
          value={given}
          onChange={({ target }) => setGiven(target.value)}
          placeholder="na-5123456"
        />
      </label>
      <div className="row">
        <Question
          {...{ label: items.withdraw, title: items.withdrawAsk(id), will: items.withdrawWill }}
          {...{ disabled: id === '', fields: reason }}
          onYes={async (form) =>
            decided(await decide(id, 'withdraw', { reason: textOf(form, 'reason') }))
          }
        />
        <Question
          {...{ label: items.release, title: items.releaseAsk(id), will: items.releaseWill }}
          {...{ disabled: id === '', fields: reason }}
          onYes={async (form) =>
            decided(await decide(id, 'release', { reason: textOf(form, 'reason') }))
          }
        />
        <Question
          {...{ label: items.link, title: items.linkAsk(id), will: items.linkWill }}
          disabled={id === ''}
          fields={<Field name="corrects" label={items.linkTo} required />}
          onYes={async (form) =>
            decided(await decide(id, 'link', { corrects: textOf(form, 'corrects') }))
          }
        />
        <Question
          {...{ label: items.tag, title: items.tagAsk(id), will: items.tagWill }}
          disabled={id === ''}
          fields={
            <>
              <Field name="add" label={items.tagAdd} />
              <Field name="remove" label={items.tagRemove} />
            </>
          }
          onYes={async (form) => {
            const body = {
              add: tagsOf(textOf(form, 'add')),
              remove: tagsOf(textOf(form, 'remove')),
            }
            return decided(await decide(id, 'tags', body))
          }}
        />
      </div>
    </section>
  )
}

/** `scheme:code` and spaces between; a medtop code has its scheme in it. */
function tagsOf(text: string): { scheme: string; code: string }[] {
  return text
    .split(/\s+/)
    .filter((each) => each.includes(':'))
    .map((each) => {
      const at = each.indexOf(':')
      const scheme = each.slice(0, at)
      return { scheme, code: scheme === 'medtop' ? each : each.slice(at + 1) }
    })
}
