import { useState } from 'react'
import { Link } from 'wouter'
import { useAsk } from '../ask/use-ask.js'
import { useQuery } from '../ask/use-query.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { Time } from '../parts/time.js'
import { useDeskWords } from '../words/use-desk-words.js'
import {
  changeAll,
  changeChosen,
  type LetterAction,
  lettersPath as path,
} from './change-letters.js'
import { FoldedRow } from './folded-row.js'
import { Empty, Listing } from './listing.js'
import { Question } from './question.js'
import { Said } from './said.js'
import { useAct } from './use-act.js'
import { useChanging } from './use-changing.js'
import { useDesk } from './use-desk.js'
import { type Pages, usePages } from './use-pages.js'

interface Letter {
  readonly id: string
  readonly stage: string
  readonly at: string
  readonly error: { readonly name: string; readonly message: string; readonly stack?: string }
  readonly deliveries: number
  readonly input: unknown
}

const stages = ['normalizer', 'tagger', 'webhooks'] as const
type Stage = (typeof stages)[number] | ''

const room = '/dashboard/dead-letters'
const names = ['id', 'stage'] as const

/** `/dashboard/dead-letters`: look at the whole input, replay, discard; many at once. */
export function DeadLetters() {
  const { rooms, dead, list } = useDeskWords()
  const [{ id, ...query }, ask] = useQuery(names)
  const stage = stages.find((each) => each === query.stage) ?? ''
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const pages = useLetters(id, stage)
  const pick = (ids: readonly string[], isPicked: boolean) => {
    const next = new Set(picked)
    for (const id of ids) isPicked ? next.add(id) : next.delete(id)
    setPicked(next)
  }
  const settle = () => {
    setPicked(new Set())
    pages.again()
  }
  const chosen = useChanging(settle)
  const change = (ids: readonly string[], action: LetterAction) =>
    chosen.run(ids.length, (onStep) => changeChosen(action, ids, onStep))
  const all = (pages.value?.items ?? []).map(({ id }) => id)
  const choose = (next: Stage) => {
    ask({ id: '', stage: next })
    setPicked(new Set())
  }
  return (
    <>
      <h1>{rooms.deadLetters}</h1>
      <p className="quiet">{dead.lead}</p>
      <div className="row">
        {id === '' ? (
          <ChooseStage stage={stage} choose={choose} />
        ) : (
          <Link href={room}>{list.everything}</Link>
        )}
        <label className="row small">
          <input
            type="checkbox"
            checked={all.length > 0 && all.every((id) => picked.has(id))}
            onChange={({ target }) => pick(all, target.checked)}
          />
          {dead.pickAll}
        </label>
        <span className="quiet small">{dead.picked(picked.size)}</span>
        <Many
          {...{ stage, change }}
          isOne={id !== ''}
          picked={[...picked]}
          onStop={chosen.stop}
          onEnd={settle}
        />
        {chosen.bar}
      </div>
      <Listing
        pages={pages}
        label={rooms.deadLetters}
        columns={Object.values(dead.columns)}
        empty={<Empty title={dead.empty} say={dead.emptySay} />}
        row={(letter) => (
          <LetterRow
            key={letter.id}
            letter={letter}
            isPicked={picked.has(letter.id)}
            onPick={(isPicked) => pick([letter.id], isPicked)}
            change={(action) => change([letter.id], action)}
          />
        )}
      />
    </>
  )
}

/** The one that is asked for, or all of a stage, a page at a time. */
function useLetters(id: string, stage: Stage): Pages<Letter> {
  const list = usePages<Letter>(stage === '' ? path : `${path}?stage=${stage}`)
  const one = useAsk<Letter>(id === '' ? undefined : `${path}/${encodeURIComponent(id)}`)
  if (id === '') return list
  const value = one.value && !one.error ? { items: [one.value] } : undefined
  return { ...one, value, number: 1, older: undefined, newer: undefined }
}

function ChooseStage({
  stage,
  choose,
}: {
  readonly stage: Stage
  readonly choose: (stage: Stage) => void
}) {
  const { dead, flow, list } = useDeskWords()
  return (
    <label className="row small">
      {dead.stage}
      <select
        className="select"
        value={stage}
        onChange={({ target }) => choose(stages.find((each) => each === target.value) ?? '')}
      >
        <option value="">{list.everything}</option>
        {stages.map((each) => (
          <option key={each} value={each}>
            {flow.names[each]}
          </option>
        ))}
      </select>
    </label>
  )
}

interface ManyProps {
  readonly stage: Stage
  /** Where one letter is shown, nothing is done with all. */
  readonly isOne: boolean
  readonly picked: readonly string[]
  readonly change: (ids: readonly string[], action: LetterAction) => Promise<string>
  readonly onStop: () => void
  readonly onEnd: () => void
}

/** What is done with the chosen ones, or with all of a stage. */
function Many({ stage, isOne, picked, change, onStop, onEnd }: ManyProps) {
  const { dead, flow } = useDeskWords()
  const { overview } = useDesk()
  const act = useAct()
  const all = useChanging(onEnd)
  const many = stage === '' ? overview?.deadLetters : undefined
  const name = stage === '' ? '' : flow.names[stage]
  const changeThem = (action: LetterAction) =>
    all.run(many, (onStep) => changeAll(action, stage, onStep))
  return (
    <>
      <button
        className="button"
        type="button"
        disabled={picked.length === 0 || act.isBusy}
        onClick={() => void act.run(() => change(picked, 'replay'))}
      >
        {dead.replayMany}
      </button>
      <Question
        label={dead.discardMany}
        title={dead.discardAsk(picked.length)}
        will={dead.discardWill}
        disabled={picked.length === 0}
        onClose={onStop}
        onYes={() => change(picked, 'discard')}
      />
      {isOne ? null : (
        <>
          <Question
            label={dead.replayAll}
            title={dead.replayAllAsk(name)}
            will={dead.replayAllWill}
            fields={all.bar}
            onClose={all.stop}
            onYes={() => changeThem('replay')}
          />
          <Question
            label={dead.discardAll}
            title={dead.discardAllAsk(name)}
            will={dead.discardWill}
            fields={all.bar}
            onClose={all.stop}
            onYes={() => changeThem('discard')}
          />
        </>
      )}
      <Said act={act} />
    </>
  )
}

interface LetterRowProps {
  readonly letter: Letter
  readonly isPicked: boolean
  readonly onPick: (isPicked: boolean) => void
  readonly change: (action: LetterAction) => Promise<string>
}

function LetterRow({ letter, isPicked, onPick, change }: LetterRowProps) {
  const { dead, flow } = useDeskWords()
  const names: Readonly<Record<string, string>> = flow.names
  const { id, stage, at, error, deliveries } = letter
  return (
    <FoldedRow
      look={dead.look}
      again={{ label: dead.replay, run: () => change('replay') }}
      tools={
        <Question
          label={dead.discard}
          title={dead.discardAsk(1)}
          will={dead.discardWill}
          onYes={() => change('discard')}
        />
      }
      columns={5}
      inside={<WholeLetter id={id} />}
      cells={
        <>
          <td>
            <input
              type="checkbox"
              aria-label={`${dead.columns.pick} ${id}`}
              checked={isPicked}
              onChange={({ target }) => onPick(target.checked)}
            />
          </td>
          <td>{names[stage] ?? stage}</td>
          <td>
            <Time at={at} />
          </td>
          <td className="wide" dir="auto">
            <Foreign text={error.message} />{' '}
            <span className="quiet">({dead.tried(deliveries)})</span>
          </td>
        </>
      }
    />
  )
}

function WholeLetter({ id }: { readonly id: string }) {
  const { dead } = useDeskWords()
  const { value, error, again } = useAsk<Letter>(`${path}/${id}`)
  if (error) return <Problem error={error} again={again} />
  if (!value) return <div className="waiting" />
  return (
    <div className="stack tight">
      <h3>{dead.input}</h3>
      <pre className="whole" dir="auto">
        {inputOf(value.input)}
      </pre>
      {value.error.stack === undefined ? null : (
        <details>
          <summary>{dead.stack}</summary>
          <pre className="whole">{value.error.stack}</pre>
        </details>
      )}
    </div>
  )
}

/** As text; the body of a raw item with its own lines. */
function inputOf(input: unknown): string {
  if (typeof input === 'string') return input
  if (typeof input !== 'object' || input === null || !('body' in input)) {
    return JSON.stringify(input, null, 2)
  }
  const { body, ...rest } = input
  return `${JSON.stringify(rest, null, 2)}\n\n${typeof body === 'string' ? body : JSON.stringify(body, null, 2)}`
}
