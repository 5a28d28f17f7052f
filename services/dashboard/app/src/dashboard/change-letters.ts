import { ask } from '../ask/ask.js'

export const lettersPath = '/api/v1/dead-letters'
/** As many as one call takes. */
const idsAtOnceMax = 500

export type LetterAction = 'replay' | 'discard'

export interface Changed {
  readonly done: number
  /** Those that could not be changed, and those that somebody else was faster with. */
  readonly left: number
}

interface ManyDone {
  readonly done: number
  readonly gone: number
  readonly failed: readonly unknown[]
  readonly next: string | null
}

/** Tells before each step how many are through, and says whether to go on. */
export type OnStep = (through: number) => boolean

export async function changeChosen(
  action: LetterAction,
  ids: readonly string[],
  onStep: OnStep,
): Promise<Changed> {
  let changed: Changed = { done: 0, left: 0 }
  for (let from = 0; from < ids.length; from += idsAtOnceMax) {
    if (!onStep(from)) break
    const some = ids.slice(from, from + idsAtOnceMax)
    changed = plus(changed, await call(action, { ids: some }))
  }
  return changed
}

/** All that stand at the call, of one stage or (`''`) of all; what comes in later is left alone. */
export async function changeAll(
  action: LetterAction,
  stage: string,
  onStep: OnStep,
): Promise<Changed> {
  const of = stage === '' ? {} : { stage }
  const query = new URLSearchParams({ limit: '1', ...of })
  const newest = await ask<{ items: readonly { id: string }[] }>(`${lettersPath}?${query}`)
  let changed: Changed = { done: 0, left: 0 }
  let upTo = newest.items[0]?.id ?? null
  while (upTo !== null && onStep(changed.done + changed.left)) {
    const said: ManyDone = await call(action, { upTo, ...of })
    changed = plus(changed, said)
    upTo = said.next
  }
  return changed
}

function call(action: LetterAction, body: object): Promise<ManyDone> {
  return ask<ManyDone>(`${lettersPath}/${action}`, { method: 'POST', body })
}

function plus(sum: Changed, { done, gone, failed }: ManyDone): Changed {
  return { done: sum.done + done, left: sum.left + gone + failed.length }
}
