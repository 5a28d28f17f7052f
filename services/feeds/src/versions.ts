import type { Bus } from '@newswire/bus'
import { outward, type TaggedItem } from '@newswire/model'
import type { Access } from './private/access.js'
import { mayRead } from './private/access.js'

/** Newest versions in one answer, and characters of their texts together. */
export const versionsMax = 20
export const versionCharsMax = 1_000_000
/** Newest taggings that are looked at. */
const taggingsMax = 200

export interface Versions {
  /** Newest first; each as it was tagged last, with what its rights let out. */
  readonly items: readonly TaggedItem[]
  /** There are older ones. */
  readonly truncated: boolean
}

/**
 * The versions of a public item that a reader may see. Where the newest is withdrawn, only that
 * one; texts from before a withdrawal are gone for good, also where a later version is usable.
 */
export async function readVersions(
  bus: Pick<Bus, 'history'>,
  newest: TaggedItem,
  access: Access | undefined,
): Promise<Versions> {
  if (newest.version === 1) return { items: [outward(newest)], truncated: false }
  const standing = new Map<number, TaggedItem>()
  for await (const { value } of bus.history('item.tagged', newest)) {
    // A Map keeps its first place: what is tagged again goes to the end, as it stands there.
    standing.delete(value.version)
    standing.set(value.version, value)
    const [oldest] = standing.keys()
    if (standing.size > taggingsMax && oldest !== undefined) standing.delete(oldest)
  }
  const all = [...standing.values()].sort((a, b) => b.version - a.version)
  return cut(allowed(all, access))
}

/** Newest first. */
function allowed(versions: readonly TaggedItem[], access: Access | undefined): TaggedItem[] {
  const withdrawn = versions.findIndex(({ status }) => status !== 'usable')
  const standing = withdrawn < 0 ? versions : versions.slice(0, withdrawn + 1)
  const isTeaser = standing[0]?.rights === 'teaser'
  return standing
    .filter((version) => mayRead(version, access))
    .map((version) => outward(isTeaser ? { ...version, rights: 'teaser' } : version))
}

function cut(versions: readonly TaggedItem[]): Versions {
  let chars = 0
  const items = versions.slice(0, versionsMax).filter(({ body }, at) => {
    chars += body.text.length + body.html.length
    return at === 0 || chars <= versionCharsMax
  })
  return { items, truncated: items.length < versions.length }
}
