import { type ReactNode, useState } from 'react'
import { type AskError, asAskError } from '../ask/ask.js'

/** Something that a person has the house do, and what came of it. */
export interface Act {
  readonly isBusy: boolean
  /** What was done, in words for the person. */
  readonly said: ReactNode
  readonly fault: AskError | undefined
  readonly run: (work: () => Promise<ReactNode>) => Promise<boolean>
}

/** One at a time; `run` says whether it was done. */
export function useAct(): Act {
  const [state, setState] = useState<{ isBusy: boolean; said?: ReactNode; fault?: AskError }>({
    isBusy: false,
  })
  const run = async (work: () => Promise<ReactNode>) => {
    setState({ isBusy: true })
    try {
      setState({ isBusy: false, said: await work() })
      return true
    } catch (error) {
      setState({ isBusy: false, fault: asAskError(error) })
      return false
    }
  }
  return { isBusy: state.isBusy, said: state.said, fault: state.fault, run }
}
