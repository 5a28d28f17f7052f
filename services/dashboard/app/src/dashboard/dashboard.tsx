import { Link, Route, Switch, useLocation } from 'wouter'
import { NotFound } from '../frame/not-found.js'
import { useSession } from '../frame/session.js'
import { SignInForm } from '../frame/sign-in.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { AlarmList } from './alarms.js'
import { Audit } from './audit.js'
import { DeadLetters } from './dead-letters.js'
import { Deliveries } from './deliveries.js'
import { Items } from './items.js'
import { Keys } from './keys.js'
import { Now } from './now.js'
import { Search } from './search.js'
import { Sources } from './sources.js'
import { Stages } from './stages.js'
import { DeskProvider, useDesk } from './use-desk.js'
import './dashboard.css'

const rooms = [
  { name: 'now', path: '/dashboard', page: Now },
  { name: 'sources', path: '/dashboard/sources', page: Sources },
  { name: 'stages', path: '/dashboard/stages', page: Stages },
  { name: 'deliveries', path: '/dashboard/deliveries', page: Deliveries },
  { name: 'deadLetters', path: '/dashboard/dead-letters', page: DeadLetters },
  { name: 'items', path: '/dashboard/items', page: Items },
  { name: 'alarms', path: '/dashboard/alarms', page: AlarmList },
  { name: 'audit', path: '/dashboard/audit', page: Audit },
  { name: 'keys', path: '/dashboard/keys', page: Keys },
  { name: 'search', path: '/dashboard/search', page: Search },
] as const

/** `/dashboard` and the rooms behind its numbers; for admins. */
export function Dashboard() {
  const { session } = useSession()
  if (session === undefined) return <div className="page" aria-busy="true" />
  if (session?.role !== 'admin') return <Closed isStranger={session === null} />
  return (
    <DeskProvider>
      <div className="page desk stack">
        <Rooms />
        <Switch>
          {rooms.map(({ path, page }) => (
            <Route key={path} path={path} component={page} />
          ))}
          <Route component={NotFound} />
        </Switch>
      </div>
    </DeskProvider>
  )
}

function Rooms() {
  const words = useDeskWords()
  const { live } = useDesk()
  const [at] = useLocation()
  return (
    <div className="rooms">
      <nav aria-label={words.rooms.nav}>
        {rooms.map(({ name, path }) => (
          <Link key={path} href={path} aria-current={at === path ? 'page' : undefined}>
            {words.rooms[name]}
          </Link>
        ))}
      </nav>
      <p className={`live ${live}`} role="status">
        {words.live[live]}
      </p>
    </div>
  )
}

function Closed({ isStranger }: { readonly isStranger: boolean }) {
  const { closed } = useDeskWords()
  return (
    <div className="page closed stack">
      <h1>{closed.title}</h1>
      <p>{isStranger ? closed.stranger : closed.subscriber}</p>
      {isStranger ? <SignInForm /> : <a href="/webhooks">{closed.toWebhooks}</a>}
    </div>
  )
}
