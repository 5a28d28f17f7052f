import { type NormalizedItem, type Notice, toToken } from '@newswire/model'
import { houseOf } from '../houses/index.js'
import { storyOf } from '../houses/story-uri.js'
import { sameDay } from './marks.js'

const otsNumber = /^OTS\d{4}$/u

/**
 * A notice as it can be looked for: `today` is the notice's own day, and what it names are ids of
 * its wire. `day` is `YYYY-MM-DD`.
 */
export function noticeOn(notice: Notice, { wire, day }: { wire: string; day: string }): Notice {
  const { date: said, ids, ...rest } = notice
  const date = said === sameDay ? day : said
  const whole = ids.map((id) => wireIdOf(id, wire, date ?? day))
  return { ...rest, ids: [...new Set(whole)], ...(date === undefined ? {} : { date }) }
}

function wireIdOf(id: string, wire: string, day: string): string {
  if (wire === 'apa' && otsNumber.test(id)) return `OTS_${day.replaceAll('-', '')}_${id}`
  return houseOf(wire).wireIdOf(id) ?? storyOf(id).wireId
}

/** The day of a release: its dateline's, else that on which it was published. */
export function dayOf(release: Pick<NormalizedItem, 'dateline' | 'published'>): string {
  return release.dateline?.date ?? release.published.slice(0, 10)
}

/** Whether an item stands for a notice that found nothing to speak of. */
export function isUnlinked({ flags }: { flags: readonly string[] }): boolean {
  return flags.some((flag) => flag === 'correction-unlinked' || flag === 'disregard-unlinked')
}

export function unlinkedFlag(kind: Notice['kind']): string {
  return kind === 'correction' ? 'correction-unlinked' : 'disregard-unlinked'
}

/** The house's own address of an item, as sources write it. */
export function itemIdIn(id: string): string | undefined {
  const own = /^urn:newswire:(?<id>.+)$/u.exec(id)?.groups?.['id']
  return own === undefined ? undefined : toToken(own)
}
