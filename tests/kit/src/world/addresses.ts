import type { Chance } from '../chance.js'
import type { Entry } from './entry.js'

const prnHosts = ['www.prnewswire.com', 'www.prnewswire.co.uk', 'www.prnewswire.ca']
const flips: readonly ((url: string) => string)[] = [
  (url) => url.replace('https:', 'http:'),
  (url) => url.replace('//www.', '//'),
  (url) => `${url}?utm_source=rss&utm_medium=feed`,
]

/** The same page under another of its addresses, as feeds change them from one poll to the next. */
export function flipped(chance: Chance, { wire, page }: Entry): string {
  if (wire === 'prn' && chance.is(0.5)) {
    return page.replace('www.prnewswire.com', chance.pick(prnHosts))
  }
  if (wire === 'na' && chance.is(0.25)) return `${page}/`
  return chance.pick(flips)(page)
}

/** Some entries under other addresses, without a guid, or with the guid of their neighbour. */
export function disturbed(chance: Chance, entries: readonly Entry[]): Entry[] {
  return entries.map((entry, at) => {
    if (chance.is(0.15)) return { ...entry, page: flipped(chance, entry) }
    if (chance.is(0.1)) return { ...entry, guid: flipped(chance, entry) }
    if (chance.is(0.05)) return { ...entry, guid: '' }
    const neighbour = entries[at + 1]
    if (neighbour && chance.is(0.04)) return { ...entry, guid: neighbour.guid ?? neighbour.page }
    return entry
  })
}
