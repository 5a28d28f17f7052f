import { apaOts } from './apa-ots.js'
import { generic } from './generic.js'
import type { House } from './house.js'
import { ots } from './ots.js'
import { prnewswire } from './prnewswire.js'

const houses: readonly House[] = [ots, prnewswire, apaOts]

/** The house of a wire token; the generic one for a wire without customs known to us. */
export function houseOf(wire: string | undefined): House {
  return houses.find((house) => house.wire === wire) ?? generic
}

/**
 * Whose customs a text follows: those of the wire that its source states, or, where that is no
 * house of ours, of the wire that the text itself shows.
 */
export function houseFor(stated: string | undefined, shown: string | undefined): House {
  const house = houseOf(stated)
  return house === generic ? houseOf(shown) : house
}

/** The house whose page this address is. */
export function houseOfUrl(url: string): House | undefined {
  return houses.find((house) => house.wireIdOf(url) !== undefined)
}

/** What a dateline's wire name says about the wire; the first that fits. APA writes OTS large. */
const wireNames: readonly { form: RegExp; wire: string }[] = [
  { form: /^OTS(?:\/|$)/u, wire: 'apa' },
  { form: /^ots(?:\/|$)/iu, wire: 'na' },
  { form: /^(?:PR ?Newswire|Kyodo JBN|CNW|Medianet)/iu, wire: 'prn' },
  { form: /^GLOBE ?NEWSWIRE/iu, wire: 'gnw' },
  { form: /^(?:BUSINESS WIRE|美國商業資訊|美国商业资讯|ビジネスワイヤ)/iu, wire: 'bw' },
  { form: /^ACCESS ?(?:WIRE|Newswire)/iu, wire: 'accesswire' },
]

export function wireNamed(name: string | undefined): string | undefined {
  return name === undefined ? undefined : wireNames.find(({ form }) => form.test(name))?.wire
}

export type { EntryTraits, House } from './house.js'
