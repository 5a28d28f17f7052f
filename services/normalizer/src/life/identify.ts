import { type FeedEntry, fold, itemIdFrom, itemIdOf, shortHash } from '@newswire/model'
import type { House } from '../houses/index.js'
import { houseOfUrl } from '../houses/index.js'

const trackingParameter =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|ref_?src|igshid|_hs\w+|wt_?mc|xtor|at_\w+|cmpid)$/i

/**
 * A guid or address as an id: without scheme, `www.`, trailing slash and tracking parameters, since
 * feeds flip those between two polls. A fragment stays: some feeds tell entries apart by it alone.
 */
export function stableGuid(guid: string): string {
  const trimmed = guid.trim()
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return trimmed
  const url = new URL(trimmed)
  const kept = [...url.searchParams].filter(([name]) => !trackingParameter.test(name))
  const query = new URLSearchParams(kept).toString()
  const host = url.host.replace(/^www\./, '')
  const path = url.pathname.replace(/\/+$/, '')
  return `${host}${path}${query === '' ? '' : `?${query}`}${url.hash}`
}

/** The wire's own id of a feed entry: its story number, else guid, else link, else a hash. */
export function wireIdOfEntry(entry: FeedEntry, house: House): string {
  const addresses = [entry.link, entry.guid].filter((address) => isFilled(address))
  for (const address of addresses) {
    const id = house.wireIdOf(address) ?? houseOfUrl(address)?.wireIdOf(address)
    if (id !== undefined) return id
  }
  const guid = [entry.guid, entry.link].find(isFilled)
  if (guid !== undefined) return stableGuid(guid)
  return shortHash('entry', fold(entry.title ?? ''), entry.published ?? '')
}

function isFilled(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== ''
}

/**
 * The item's id: of the wire's own id, else of what stays the same when the release comes again.
 */
export function identify(release: {
  wire: string
  wireId: string | undefined
  issuer: string
  headline: string
  date: string | undefined
}): string {
  const { wire, wireId, issuer, headline, date } = release
  if (wireId !== undefined && wireId !== '') return itemIdOf(wire, wireId)
  return itemIdFrom({ wire, issuer, headline, date: date ?? '' })
}

/** Whether an entry's id is its guid or its page, and not a number of its wire. */
export function isByGuid({ sourceUrl }: { sourceUrl?: string | undefined }): boolean {
  return houseOfUrl(sourceUrl ?? '') === undefined
}
