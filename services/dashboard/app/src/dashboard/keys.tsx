import { type FormEvent, useState } from 'react'
import { ask } from '../ask/ask.js'
import { useSession } from '../frame/session.js'
import { Copy } from '../parts/copy.js'
import { Time } from '../parts/time.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { Choice, Field, Send, textOf } from './field.js'
import { Empty, Listing } from './listing.js'
import { Question } from './question.js'
import { useAct } from './use-act.js'
import { usePages } from './use-pages.js'

interface Key {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly createdAt?: string
}

const path = '/api/v1/keys'
const roles = ['subscriber', 'ingest', 'admin'] as const

/** `/dashboard/keys`: make one, shown once; revoke. */
export function Keys() {
  const { rooms, keys, list } = useDeskWords()
  const { session } = useSession()
  const pages = usePages<Key>(path)
  const revoke = async (id: string) => {
    await ask(`${path}/${id}`, { method: 'DELETE' })
    pages.again()
    return list.done
  }
  return (
    <>
      <h1>{rooms.keys}</h1>
      <MakeKey onMade={pages.again} />
      <Listing
        pages={pages}
        label={rooms.keys}
        columns={Object.values(keys.columns)}
        empty={<Empty title={keys.make} />}
        row={({ id, name, role, createdAt }) => (
          <tr key={id}>
            <td className="wide" dir="auto">
              {name}
            </td>
            <td>{role}</td>
            <td>{id}</td>
            <td>{createdAt ? <Time at={createdAt} /> : '–'}</td>
            <td>
              {id === session?.id ? (
                keys.you
              ) : (
                <Question
                  label={keys.revoke}
                  title={keys.revokeAsk(name)}
                  will={keys.revokeWill}
                  onYes={() => revoke(id)}
                />
              )}
            </td>
          </tr>
        )}
      />
    </>
  )
}

function MakeKey({ onMade }: { readonly onMade: () => void }) {
  const { keys } = useDeskWords()
  const [made, setMade] = useState<{ name: string; key: string }>()
  const act = useAct()
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    const body = { name: textOf(given, 'name'), role: textOf(given, 'role') }
    void act.run(async () => {
      setMade(await ask<{ name: string; key: string }>(path, { method: 'POST', body }))
      form.reset()
      onMade()
      return keys.once
    })
  }
  return (
    <form className="sheet stack" onSubmit={send}>
      <h2>{keys.make}</h2>
      <div className="fields">
        <Field name="name" label={keys.name} required />
        <Choice name="role" label={keys.role} of={roles} words={keys.roles} />
      </div>
      <Send label={keys.make} act={act} />
      {made ? <Copy name={made.name} text={made.key} /> : null}
    </form>
  )
}
