import { Time } from '../parts/time.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { Empty, Listing } from './listing.js'
import { usePages } from './use-pages.js'

interface Entry {
  readonly at: string
  readonly key: string
  readonly name: string | null
  readonly action: string
  readonly subject: string
  readonly detail: unknown
}

/** `/dashboard/audit`: who changed what. */
export function Audit() {
  const { rooms, audit } = useDeskWords()
  const actions: Readonly<Record<string, string>> = audit.actions
  const pages = usePages<Entry>('/api/v1/audit')
  return (
    <>
      <h1>{rooms.audit}</h1>
      <Listing
        pages={pages}
        label={rooms.audit}
        columns={Object.values(audit.columns)}
        empty={<Empty title={audit.empty} />}
        row={({ at, key, name, action, subject, detail }) => (
          <tr key={`${at} ${action} ${subject}`}>
            <td>
              <Time at={at} />
            </td>
            <td dir="auto">{name ?? key}</td>
            <td title={action}>{actions[action] ?? action}</td>
            <td>{subject}</td>
            <td className="wide" dir="auto">
              {detail === null ? '' : JSON.stringify(detail)}
            </td>
          </tr>
        )}
      />
    </>
  )
}
