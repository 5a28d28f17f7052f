import type { Bus } from '@newswire/bus'
import type { Attempt } from '@newswire/model'
import type { LoggedAttempt, LoggedDelivery } from '@newswire/store'

export interface Called {
  readonly headline?: string
  readonly name?: string
}

/**
 * A delivery in a list: attempts without what was answered, and what its item and its webhook are
 * called today, as far as that is known at a glance.
 */
export function deliveryView(delivery: LoggedDelivery, called: Called): Record<string, unknown> {
  const { id, endpoint, item, revision, sequence, previous } = delivery
  const { plannedAt, state, attempts } = delivery
  return {
    id,
    endpoint,
    item,
    ...called,
    revision,
    sequence,
    previous,
    plannedAt,
    state,
    attempts: attempts.map(attemptView),
  }
}

function attemptView({ place: _, ...told }: LoggedAttempt): Record<string, unknown> {
  return told
}

/**
 * A delivery with all that the ledger says of its attempts, the answers among it. Where the ledger
 * has let go of an entry, what the read model kept of it is told. Answers may echo a text.
 */
export async function wholeView(
  bus: Pick<Bus, 'read'>,
  delivery: LoggedDelivery,
  { hidesAnswers, called }: { readonly hidesAnswers: boolean; readonly called: Called },
): Promise<Record<string, unknown>> {
  const places = [...new Set(delivery.attempts.map(({ place }) => place))]
  const asked = { delivery: delivery.id, hidesAnswers }
  const told = await Promise.all(places.map((place) => toldAt(bus, place, asked)))
  const attempts = places.flatMap((place, at) => {
    const whole = told[at] ?? []
    if (whole.length > 0) return whole
    return delivery.attempts.filter((attempt) => attempt.place === place).map(attemptView)
  })
  return { ...deliveryView(delivery, called), attempts }
}

async function toldAt(
  bus: Pick<Bus, 'read'>,
  place: number,
  { delivery, hidesAnswers }: { readonly delivery: string; readonly hidesAnswers: boolean },
): Promise<Record<string, unknown>[]> {
  const entry = await bus.read('delivery', place)
  if (entry?.value.type !== 'outcomes') return []
  const told = entry.value.attempts.filter((attempt) => attempt.delivery === delivery)
  return Promise.all(
    told.map(async ({ attempt, result, startedAt, latencyMs, status, error, nextAt, ...rest }) => {
      const said = { attempt, result, startedAt, latencyMs, status, error, nextAt }
      return hidesAnswers ? said : { ...said, answer: await answerTo(bus, { ...rest, attempt }) }
    }),
  )
}

/** Undefined where nothing was answered, or where it is gone. */
async function answerTo(
  bus: Pick<Bus, 'read'>,
  {
    delivery,
    attempt,
    answer,
    answerAt,
  }: Pick<Attempt, 'delivery' | 'attempt' | 'answer' | 'answerAt'>,
): Promise<string | undefined> {
  if (answerAt === undefined) return answer
  const stored = await bus.read('answer', answerAt)
  const isMeant = (each: { delivery: string; attempt: number }) =>
    each.delivery === delivery && each.attempt === attempt
  return stored?.value.answers.find(isMeant)?.text
}
