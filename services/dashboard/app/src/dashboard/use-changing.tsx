import { type ReactNode, useRef, useState } from 'react'
import { useDeskWords } from '../words/use-desk-words.js'
import type { Changed, OnStep } from './change-letters.js'
import { useNumbers } from './use-numbers.js'

interface Step {
  readonly through: number
  /** Undefined where nobody knows how many there are. */
  readonly all: number | undefined
}

interface Changing {
  /** How far it is, while it lasts. */
  readonly bar: ReactNode
  /** What came of it, in words. */
  readonly run: (
    all: number | undefined,
    work: (onStep: OnStep) => Promise<Changed>,
  ) => Promise<string>
  /** No step follows the one that is under way. */
  readonly stop: () => void
}

/** Work on many letters, and how far it is. */
export function useChanging(onEnd: () => void): Changing {
  const { dead } = useDeskWords()
  const { count } = useNumbers()
  const [step, setStep] = useState<Step>()
  const isStopped = useRef(false)
  const stop = () => {
    isStopped.current = true
  }
  return {
    bar: step ? (
      <span className="row small">
        <progress
          aria-label={dead.progress}
          {...(step.all === undefined ? {} : { max: step.all, value: step.through })}
        />
        {dead.through(count(step.through), step.all === undefined ? '' : count(step.all))}
      </span>
    ) : null,
    stop,
    run: async (all, work) => {
      isStopped.current = false
      try {
        const { done, left } = await work((through) => {
          setStep({ through, all })
          return !isStopped.current
        })
        return dead.done(done, left)
      } finally {
        setStep(undefined)
        onEnd()
      }
    },
  }
}
