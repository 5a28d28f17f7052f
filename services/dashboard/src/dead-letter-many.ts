import type { DeadLetters } from '@newswire/bus'
import { schemaOf } from '@newswire/http'
import { z } from 'zod'
import type { Audit } from './audit.js'

/** Letters that one call changes, those looked up in one go, and those changed at a time. */
export const manyLimits = { lettersMax: 500, lettersAtOnceMax: 50, changesAtOnceMax: 16 } as const

const id = z.string().regex(/^[1-9]\d{0,14}$/)

const untried = 'Not tried, as too many before it failed.'

/** Which letters: by id, or all of a stage up to one, so that what comes in later is left alone. */
export const manySchema = z.union([
  z.strictObject({
    ids: z.array(id).min(1).max(manyLimits.lettersMax).describe('Those of these that still stand.'),
  }),
  z.strictObject({
    upTo: id.describe('The newest letter that is meant; `next` of the answer for what is left.'),
    stage: z.string().min(1).max(100).optional().describe('Letters of this stage only.'),
  }),
])
type Many = z.output<typeof manySchema>

export const manyAnswer = {
  description: 'What was done. The same call again does nothing more.',
  ...schemaOf(
    z.object({
      done: z.number().int().describe('Letters that were changed.'),
      gone: z.number().int().describe('Ids under which no letter stands any more.'),
      failed: z.array(z.object({ id: z.string(), error: z.string() })),
      next: z.string().nullable().describe('`upTo` of the next call; null where all are through.'),
    }),
  ),
}

export interface ManyDone {
  readonly done: number
  readonly gone: number
  readonly failed: readonly { readonly id: string; readonly error: string }[]
  readonly next: string | null
}

export type ManyAction = 'replay' | 'discard'

export interface ChangeManyOptions {
  readonly letters: Pick<DeadLetters, 'list' | 'get' | 'replay' | 'discard'>
  readonly audit: Audit
}

/** Replays or discards many letters; one that fails keeps none of the others. */
export async function changeMany(
  { letters, audit }: ChangeManyOptions,
  { action, many, actor }: { action: ManyAction; many: Many; actor: string },
): Promise<ManyDone> {
  const { standing, gone, next } =
    'ids' in many ? await standingOf(letters, many.ids) : await lettersUpTo(letters, many)
  if (standing.length === 0) return { done: 0, gone, failed: [], next }
  const ids = standing.map(String)
  // Written before it is done: a process that dies midway leaves no change that nobody knows of.
  const of = 'ids' in many ? {} : many
  const subject = `${ids.length} ${ids.length === 1 ? 'letter' : 'letters'}`
  await audit({ actor, action: `dead-letter.${action}-many`, subject, detail: { ...of, ids } })
  const changed = await changeEach(letters, action, standing)
  return { ...changed, gone: gone + changed.gone, next }
}

interface Wanted {
  readonly standing: readonly number[]
  readonly gone: number
  readonly next: string | null
}

async function standingOf(
  letters: ChangeManyOptions['letters'],
  ids: readonly string[],
): Promise<Wanted> {
  const wanted = [...new Set(ids)].map(Number)
  const standing: number[] = []
  for (const some of chunksOf(wanted, manyLimits.changesAtOnceMax)) {
    const found = await Promise.all(some.map((sequence) => letters.get(sequence)))
    standing.push(...found.flatMap((letter) => letter?.sequence ?? []))
  }
  return { standing, gone: wanted.length - standing.length, next: null }
}

/** Newest first, so that what dies again by a replay, as a newer letter, is not met again. */
async function lettersUpTo(
  letters: ChangeManyOptions['letters'],
  { upTo, stage }: { readonly upTo: string; readonly stage?: string | undefined },
): Promise<Wanted> {
  const standing: number[] = []
  let before = Number(upTo) + 1
  let isEnd = false
  // Only the places are kept: an input may be large.
  while (!isEnd && standing.length < manyLimits.lettersMax) {
    const limit = Math.min(manyLimits.lettersAtOnceMax, manyLimits.lettersMax - standing.length)
    const page = await letters.list({ limit, before, ...(stage === undefined ? {} : { stage }) })
    standing.push(...page.map(({ sequence }) => sequence))
    before = standing.at(-1) ?? before
    isEnd = page.length < limit
  }
  return { standing, gone: 0, next: isEnd || before <= 1 ? null : String(before - 1) }
}

async function changeEach(
  letters: ChangeManyOptions['letters'],
  action: ManyAction,
  sequences: readonly number[],
): Promise<Omit<ManyDone, 'next'>> {
  let [done, gone] = [0, 0]
  const failed: { id: string; error: string }[] = []
  const change = async (sequence: number): Promise<void> => {
    try {
      if ((await changeOne(letters, action, sequence)) === false) gone += 1
      else done += 1
    } catch (error) {
      failed.push({ id: String(sequence), error: wordsOf(error) })
    }
  }
  let isHopeless = false
  for (const some of chunksOf(sequences, manyLimits.changesAtOnceMax)) {
    if (isHopeless) {
      failed.push(...some.map((sequence) => ({ id: String(sequence), error: untried })))
      continue
    }
    const before = failed.length
    await Promise.all(some.map(change))
    // Where nothing can be changed, each try takes seconds to fail; single ones stop no others.
    isHopeless = failed.length - before === manyLimits.changesAtOnceMax
  }
  return { done, gone, failed }
}

/** False where somebody else was faster. */
async function changeOne(
  letters: ChangeManyOptions['letters'],
  action: ManyAction,
  sequence: number,
): Promise<boolean> {
  if (action === 'discard') return await letters.discard(sequence)
  try {
    await letters.replay(sequence)
    return true
  } catch (error) {
    if ((await letters.get(sequence)) === undefined) return false
    throw error
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function chunksOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  )
}
