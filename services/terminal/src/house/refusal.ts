import { z } from 'zod'
import { TerminalError } from '../terminal-error.js'

/** The house says no; `message` is its own sentence, which says what to do. */
export class Refusal extends TerminalError {
  readonly status: number
  /** The whole document (RFC 9457), as far as there was one. */
  readonly problem: Readonly<Record<string, unknown>>
  /** For how long the house wants to be left alone, as far as it says. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, own: Pick<Refusal, 'status' | 'problem' | 'retryAfterMs'>) {
    super(message)
    this.status = own.status
    this.problem = own.problem
    this.retryAfterMs = own.retryAfterMs
  }
}

const problemSchema = z.looseObject({ title: z.string(), detail: z.string() })
const secondMs = 1_000

export function refusalOf(
  answer: Pick<Response, 'status' | 'headers'>,
  said: unknown,
  { url, hasKey }: { url: string; hasKey: boolean },
): Refusal {
  const { status, headers } = answer
  const read = problemSchema.safeParse(said)
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  const own = {
    status,
    problem: read.success ? read.data : {},
    retryAfterMs: Number.isFinite(seconds) ? seconds * secondMs : undefined,
  }
  if (status === 401 && !hasKey) return new Refusal(keyWanted, own)
  if (status === 401) return new Refusal(otherKeyWanted, own)
  if (status >= 300 && status < 400) {
    const to = headers.get('location') ?? 'elsewhere'
    return new Refusal(
      `${url} sends us to ${to}: give that address with --url if you trust it.`,
      own,
    )
  }
  if (!read.success) {
    return new Refusal(
      `${url} answers with ${status} and no words of Newswire: check the address, and what stands between.`,
      own,
    )
  }
  return new Refusal(sentence(read.data.title, read.data.detail), own)
}

const keyWanted =
  'This needs a key: give it with --key, NEWSWIRE_KEY or NEWSWIRE_KEY_FILE; `npx newswire admin-key` makes a new admin key on the machine of the house.'
const otherKeyWanted =
  'The house does not know this key: give one that stands with --key, NEWSWIRE_KEY or NEWSWIRE_KEY_FILE; `npx newswire admin-key` makes a new admin key on the machine of the house.'

function sentence(title: string, detail: string): string {
  return /[.!?:]$/.test(title) ? `${title} ${detail}` : `${title}: ${detail}`
}
