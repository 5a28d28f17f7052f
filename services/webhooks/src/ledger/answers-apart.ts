import type { Bus } from '@newswire/bus'
import type { Attempt, Outcomes } from '@newswire/model'

/**
 * Stores what was answered apart from the outcomes, by item, and gives the outcomes with the places
 * in its stead. An answer may echo a text, and so goes when the item is erased; the entries of the
 * ledger's chain stay, as lanes are made from them. `id` is that of the entry.
 */
export async function withAnswersApart(
  bus: Pick<Bus, 'publish'>,
  outcomes: Outcomes,
  id: string,
): Promise<Outcomes> {
  const placeOf = new Map<string, number>()
  const stored = [...answeredByItem(outcomes.attempts)].map(async ([item, answers]) => {
    const fact = { item, at: outcomes.at, answers }
    const { sequence } = await bus.publish('answer', fact, { item }, { id: `${id}:${item}` })
    placeOf.set(item, sequence)
  })
  if (stored.length === 0) return outcomes
  await Promise.all(stored)
  const attempts = outcomes.attempts.map(({ answer, ...attempt }) => {
    const answerAt = placeOf.get(attempt.item)
    return answer === undefined || answerAt === undefined ? attempt : { ...attempt, answerAt }
  })
  return { ...outcomes, attempts }
}

function answeredByItem(attempts: readonly Attempt[]) {
  const groups = new Map<string, { delivery: string; attempt: number; text: string }[]>()
  for (const { item, delivery, attempt, answer } of attempts) {
    if (answer === undefined) continue
    const group = groups.get(item) ?? []
    group.push({ delivery, attempt, text: answer })
    groups.set(item, group)
  }
  return groups
}
