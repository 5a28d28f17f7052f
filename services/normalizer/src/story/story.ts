import type { Kin } from '@newswire/model'
import { sameRelease } from './same-release.js'

/** Days that the index is asked back. */
export const storyWindowDays = 3

export interface Story {
  /** The id of the first item that tells the release. */
  story: string
  storyReasons: string[]
}

/** The story that a release belongs to; none where two stories would fit. */
export function storyOf(own: Kin, kin: readonly Kin[]): Story | undefined {
  const found = new Map<string, string[]>()
  for (const other of kin) {
    if (other.id === own.id) continue
    const reasons = sameRelease(own, other)
    const story = other.story ?? other.id
    if (reasons && (found.get(story)?.length ?? 0) < reasons.length) found.set(story, reasons)
  }
  const [only, ...others] = [...found]
  if (!only || others.length > 0 || only[0] === own.id) return undefined
  return { story: only[0], storyReasons: only[1] }
}
