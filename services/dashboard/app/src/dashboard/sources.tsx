import { type FormEvent, useState } from 'react'
import { AskError, ask } from '../ask/ask.js'
import { Foreign } from '../parts/foreign.js'
import { Time } from '../parts/time.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { Choice, Field, Send, textOf } from './field.js'
import { Empty, Table } from './listing.js'
import { Mark, type Mood } from './mark.js'
import { Said } from './said.js'
import type { SourceFigures, SourceState } from './shapes.js'
import { useAct } from './use-act.js'
import { useDesk } from './use-desk.js'
import { useNumbers } from './use-numbers.js'

const path = '/api/v1/sources'
const kinds = ['rss', 'websub', 'presseportal-api', 'drop'] as const
type Kind = (typeof kinds)[number]
const rights = ['full', 'teaser', 'private'] as const
const moods: Readonly<Record<SourceState, Mood>> = {
  well: 'good',
  failing: 'bad',
  silent: 'warn',
  paused: 'still',
  new: 'still',
}

/** `/dashboard/sources`: how each one is; add, pause, poll now. */
export function Sources() {
  const { rooms, sources } = useDeskWords()
  const { overview } = useDesk()
  if (!overview) return <div className="waiting" aria-busy="true" />
  return (
    <>
      <h1>{rooms.sources}</h1>
      {overview.sources.length === 0 ? (
        <div className="empty">
          <Empty title={sources.empty} say={sources.emptySay} />
        </div>
      ) : (
        <Table label={rooms.sources} columns={Object.values(sources.columns)} isCards>
          {overview.sources.map((source) => (
            <SourceRow key={source.id} source={source} />
          ))}
        </Table>
      )}
      <AddSource />
    </>
  )
}

function SourceRow({ source }: { readonly source: SourceFigures }) {
  const { sources, list } = useDeskWords()
  const { again } = useDesk()
  const { count } = useNumbers()
  const act = useAct()
  const { id, name, wire, kind, state, lastItemAt, nextPollAt, usualPerHour } = source
  const at = `${path}/${encodeURIComponent(id)}`
  const isPaused = state === 'paused'
  const poll = async () => {
    const came = await ask<{ result: string; published: number; error?: string }>(`${at}/poll`, {
      method: 'POST',
    })
    again()
    if (came.error === undefined) return sources.polled(came.published)
    throw new AskError({ status: 0, type: 'not-taken', title: '', detail: came.error })
  }
  const turn = async () => {
    await ask(at, { method: 'PATCH', body: { enabled: isPaused } })
    again()
    return list.done
  }
  return (
    <tr>
      <td>
        <Mark mood={moods[state]}>{sources.states[state]}</Mark>
      </td>
      <td className="wide" dir="auto">
        {name} <span className="quiet">{`${wire} · ${kind}`}</span>
      </td>
      <td>{lastItemAt ? <Time at={lastItemAt} /> : sources.never}</td>
      <td>{usualPerHour === null ? '–' : sources.perHour(count(usualPerHour))}</td>
      <td>{nextPollAt ? <Time at={nextPollAt} /> : '–'}</td>
      <td className="wide" dir="auto">
        <Because source={source} />
      </td>
      <td className="row">
        {kind === 'drop' ? null : (
          <button
            className="button"
            type="button"
            disabled={act.isBusy}
            onClick={() => void act.run(poll)}
          >
            {act.isBusy ? sources.polling : sources.poll}
          </button>
        )}
        <button
          className="button"
          type="button"
          disabled={act.isBusy}
          onClick={() => void act.run(turn)}
        >
          {isPaused ? sources.resume : sources.pause}
        </button>
        <Said act={act} />
      </td>
    </tr>
  )
}

function Because({ source }: { readonly source: SourceFigures }) {
  const { sources } = useDeskWords()
  const { count } = useNumbers()
  const { because, says, usualPerHour } = source
  if (because === 'failing') return <Foreign text={says} />
  if (because !== 'silent') return sources.because[because]
  return sources.because.silent(usualPerHour === null ? '–' : count(usualPerHour))
}

function AddSource() {
  const { sources } = useDeskWords()
  const { again } = useDesk()
  const [kind, setKind] = useState<Kind>('rss')
  const act = useAct()
  const add = async (form: HTMLFormElement) => {
    const given = new FormData(form)
    const all = ['kind', 'url', 'key', 'name', 'wire', 'rights'].map((name) => [
      name,
      textOf(given, name),
    ])
    const body = Object.fromEntries(all.filter(([, value]) => value !== ''))
    const { name } = await ask<{ name: string }>(path, { method: 'POST', body })
    form.reset()
    again()
    return sources.added(name)
  }
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    void act.run(() => add(form))
  }
  return (
    <form className="sheet stack" onSubmit={send}>
      <h2>{sources.add}</h2>
      <div className="fields">
        <Choice
          {...{ name: 'kind', label: sources.kind, of: kinds, words: sources.kinds }}
          value={kind}
          onChange={setKind}
        />
        <Field name="url" label={sources.url} required />
        {kind === 'presseportal-api' ? <Field name="key" label={sources.key} required /> : null}
        <Field name="name" label={sources.name} />
        <Field name="wire" label={sources.wire} />
        <Choice name="rights" label={sources.rights} of={rights} words={sources.right} />
      </div>
      <Send label={sources.add} act={act} />
    </form>
  )
}
