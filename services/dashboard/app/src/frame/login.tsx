import { useEffect } from 'react'
import { useSearch } from 'wouter'
import { useWords } from '../words/words.js'
import { useSession } from './session.js'
import { SignInForm } from './sign-in.js'

/** `/login?next=`: where a page of the house that wants a session sends a browser. */
export function Login() {
  const { frame } = useWords()
  const { session } = useSession()
  const next = localOf(new URLSearchParams(useSearch()).get('next'))
  useEffect(() => {
    // Not all pages of the house are drawn by this window: the server decides.
    if (session) location.assign(next)
  }, [session, next])
  return (
    <div className="page stack" style={{ maxWidth: 560 }}>
      <h1 className="unseen">{frame.signIn}</h1>
      {session === null ? <SignInForm /> : null}
    </div>
  )
}

/** A path of this house; anything else leads to the dashboard. */
function localOf(next: string | null): string {
  if (next === null || !URL.canParse(next, location.origin)) return '/dashboard'
  const { origin, pathname, search } = new URL(next, location.origin)
  return origin === location.origin && !pathname.startsWith('//') ? pathname + search : '/dashboard'
}
