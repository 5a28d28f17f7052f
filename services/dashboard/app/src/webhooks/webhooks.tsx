import { useEffect, useRef } from 'react'
import { Route, Switch, useLocation, useSearch } from 'wouter'
import { NotFound } from '../frame/not-found.js'
import { useSession } from '../frame/session.js'
import { DeliveryPage } from './delivery.js'
import { Gate } from './gate.js'
import { WebhookList } from './list.js'
import { OneWebhook } from './one.js'
import { RecallPage } from './recall.js'
import { ReceiversPage } from './receivers.js'
import { Register } from './register.js'
import './webhooks.css'

/** `/webhooks` and what is below it. */
export function Webhooks() {
  const { session } = useSession()
  const hasFilter = new URLSearchParams(useSearch()).has('filter')
  const [path] = useLocation()
  const last = useRef(path)
  useEffect(() => {
    if (last.current === path) return
    last.current = path
    // Another page begins at its top.
    if (location.hash === '') scrollTo(0, 0)
  }, [path])
  if (session === undefined) return <div className="page" aria-busy="true" />
  const isMine = session?.role === 'admin' || session?.role === 'subscriber'
  return (
    <div className="webhooks">
      <Switch>
        <Route path="/webhooks/receivers">
          <ReceiversPage />
        </Route>
        {isMine ? null : (
          <Route>
            <Gate />
          </Route>
        )}
        <Route path="/webhooks">{hasFilter ? <Register /> : <WebhookList />}</Route>
        <Route path="/webhooks/new">
          <Register />
        </Route>
        <Route path="/webhooks/recall/:item">{({ item }) => <RecallPage item={item} />}</Route>
        <Route path="/webhooks/:id">{({ id }) => <OneWebhook key={id} id={id} />}</Route>
        <Route path="/webhooks/:id/deliveries/:delivery">
          {({ id, delivery }) => <DeliveryPage key={delivery} id={id} delivery={delivery} />}
        </Route>
        <Route component={NotFound} />
      </Switch>
    </div>
  )
}
