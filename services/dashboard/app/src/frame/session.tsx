import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { ask, onStranger } from '../ask/ask.js'
import { useAsk } from '../ask/use-ask.js'

/** Who is signed in with this browser. */
export interface Session {
  readonly id: string
  readonly name: string
  readonly role: 'admin' | 'ingest' | 'subscriber'
}

interface SessionState {
  /** Undefined while it is asked for; null for nobody. */
  readonly session: Session | null | undefined
  /** AskError where the key is not known. */
  readonly signIn: (key: string) => Promise<void>
  readonly signOut: () => Promise<void>
}

const path = '/api/v1/session'
const SessionContext = createContext<SessionState | undefined>(undefined)

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const { value, error, again } = useAsk<{ readonly session: Session | null }>(path)
  useEffect(() => onStranger(again), [again])
  const state: SessionState = {
    session: error ? null : value?.session,
    signIn: async (key) => {
      await ask(path, { method: 'POST', body: { key } })
      again()
    },
    signOut: async () => {
      await ask(path, { method: 'DELETE' })
      again()
    },
  }
  return <SessionContext value={state}>{children}</SessionContext>
}

export function useSession(): SessionState {
  const state = useContext(SessionContext)
  if (!state) throw new Error('useSession stands outside of SessionProvider.')
  return state
}
