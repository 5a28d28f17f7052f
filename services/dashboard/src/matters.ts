import { lookupTokens, titleSimilarity } from '@newswire/model'
import type { OpenMatter, Store } from '@newswire/store'

/** How far back a notice may speak. */
const daysBack = 30
const candidatesMax = 5
/** Below this, two titles have nothing to do with each other. */
const similarityMin = 0.3

/** An item that a notice may speak of. */
export interface Candidate {
  readonly id: string
  readonly headline: string
  readonly issuer: string
  readonly published: string
  /** How alike the titles are, 0 to 1. */
  readonly similarity: number
}

/** What waits for a person, with what may settle it. */
export interface Matter extends OpenMatter {
  /** Most alike first; none for an embargo. */
  readonly candidates: readonly Candidate[]
}

export async function readMatters(
  store: Pick<Store, 'openMatters' | 'kin'>,
  { limit }: { readonly limit: number },
): Promise<Matter[]> {
  const open = await store.openMatters({ limit })
  return Promise.all(
    open.map(async (matter) => ({ ...matter, candidates: await candidatesOf(store, matter) })),
  )
}

async function candidatesOf(store: Pick<Store, 'kin'>, matter: OpenMatter): Promise<Candidate[]> {
  if (isEmbargo(matter)) return []
  const title = matter.notice?.title ?? matter.headline
  const issuer = matter.notice?.issuer ?? matter.issuer
  const kin = await store.kin({ tokens: lookupTokens({ issuer, title }), days: daysBack })
  return kin
    .filter(({ id, status }) => id !== matter.id && status === 'usable')
    .map(({ id, headline, issuer: of, published }) => ({
      ...{ id, headline, issuer: of, published },
      similarity: Math.round(titleSimilarity(title, headline) * 100) / 100,
    }))
    .filter(({ similarity }) => similarity >= similarityMin)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, candidatesMax)
}

function isEmbargo({ flags }: Pick<OpenMatter, 'flags'>): boolean {
  return flags.includes('embargo-unreadable')
}
