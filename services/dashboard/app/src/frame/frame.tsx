import { type ReactNode, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { useWords } from '../words/words.js'
import { Tools } from './tools.js'
import { useTitle } from './use-title.js'

/** What stands around every page. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { frame } = useWords()
  const main = useRef<HTMLElement>(null)
  useTitle(main)
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {frame.skip}
      </a>
      <header className="masthead">
        <Link className="name" href="/">
          <img src="/app/newswire.svg" alt="" width="24" height="24" />
          Newswire
        </Link>
        <Navigation />
        <Tools />
      </header>
      <main ref={main} id="main">
        {children}
      </main>
      <footer className="footer">
        <a href="/feeds/opml">OPML</a>
        <a href="/api/openapi.json">{frame.api}</a>
        <a href="/health">{frame.health}</a>
      </footer>
    </div>
  )
}

function Navigation() {
  const { frame } = useWords()
  const [at] = useLocation()
  const isAt = (path: string) => (path === '/' ? at === '/' : at.startsWith(path))
  const here = (path: string) => (isAt(path) ? ('page' as const) : undefined)
  return (
    <nav aria-label={frame.navigation}>
      <Link href="/" aria-current={here('/')}>
        {frame.subscribe}
      </Link>
      <Link href="/webhooks" aria-current={here('/webhooks')}>
        {frame.webhooks}
      </Link>
      <Link href="/dashboard" aria-current={here('/dashboard')}>
        {frame.dashboard}
      </Link>
    </nav>
  )
}
