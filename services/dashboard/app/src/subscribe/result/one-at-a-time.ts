/**
 * Asks one question at a time. Of those that come while one is asked only the last is asked next:
 * whoever clicks ten countries waits for two answers. `tell` hears of the last question only.
 */
export function oneAtATime<Q, A>(
  ask: (question: Q) => Promise<A>,
  tell: (question: Q, answer: PromiseSettledResult<A>) => void,
): (question: Q) => void {
  let waiting: { readonly question: Q } | undefined
  let isAsking = false

  async function run(): Promise<void> {
    isAsking = true
    while (waiting) {
      const { question } = waiting
      waiting = undefined
      const [answer] = await Promise.allSettled([ask(question)])
      // A newer question has come meanwhile: nobody wants this answer.
      if (waiting === undefined) tell(question, answer)
    }
    isAsking = false
  }

  return (question) => {
    waiting = { question }
    if (!isAsking) void run()
  }
}
