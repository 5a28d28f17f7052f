import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { Frame } from './frame/frame.js'
import { NotFound } from './frame/not-found.js'
import { SessionProvider } from './frame/session.js'
import { WordsProvider } from './words/words.js'

/** The page that most people open first is under way, with its map, while the frame is drawn. */
const subscribe = () => import('./subscribe/subscribe.js')
if (location.pathname === '/') {
  const parts = [subscribe(), import('./subscribe/map/world-map.js')]
  // What fails is asked for again, and told, where the page is shown.
  void Promise.allSettled(parts)
}
const Subscribe = lazy(async () => ({ default: (await subscribe()).Subscribe }))

const Webhooks = lazy(async () => ({
  default: (await import('./webhooks/webhooks.js')).Webhooks,
}))
const Dashboard = lazy(async () => ({
  default: (await import('./dashboard/dashboard.js')).Dashboard,
}))
const Login = lazy(async () => ({ default: (await import('./frame/login.js')).Login }))

/** The pages by their addresses; each is loaded when it is opened. */
export function App() {
  return (
    <WordsProvider>
      <SessionProvider>
        <Frame>
          <Suspense fallback={<div className="page" aria-busy="true" />}>
            <Switch>
              <Route path="/" component={Subscribe} />
              <Route path="/webhooks/*?" component={Webhooks} />
              <Route path="/dashboard/*?" component={Dashboard} />
              <Route path="/login" component={Login} />
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </Frame>
      </SessionProvider>
    </WordsProvider>
  )
}
