import { apaOts } from './apa-ots.js'
import { businessWire } from './business-wire.js'
import { dpa } from './dpa.js'
import { eqs } from './eqs.js'
import { generic } from './generic.js'
import { globenewswire } from './globenewswire.js'
import type { House } from './house.js'
import { ots } from './ots.js'
import { prnewswire } from './prnewswire.js'

const houses: readonly House[] = [ots, prnewswire, apaOts, businessWire, globenewswire, dpa, eqs]

/** The house of a wire token; the generic one for a wire without customs known to us. */
export function houseOf(wire: string | undefined): House {
  return houses.find((house) => house.wire === wire) ?? generic
}

/** Whether the token is that of a wire whose customs are known. */
export function isHouse(wire: string | undefined): wire is string {
  return wire !== undefined && houseOf(wire).wire === wire
}

/**
 * Whose customs a text follows: those of the first wire that is a house of ours. The one that its
 * source states goes before the one that names the text, and that before what its dateline shows.
 */
export function houseFor(...wires: readonly (string | undefined)[]): House {
  return houseOf(wires.find(isHouse))
}

/**
 * The line of a house that only the dateline shows, where another wire names the text; undefined
 * where the wire's own house writes it.
 */
export function shownCredit(
  house: House,
  wire: string | undefined,
  issuer: { name: string } | undefined,
): string | undefined {
  const isOther = house.wire !== undefined && wire !== undefined && wire !== house.wire
  return isOther && issuer !== undefined ? house.creditOf(issuer.name) : undefined
}

/** The house whose page this address is. */
export function houseOfUrl(url: string): House | undefined {
  return houses.find((house) => house.wireIdOf(url) !== undefined)
}

/** What a dateline's wire name says about the wire; the first that fits. APA writes OTS large. */
const wireNames: readonly { form: RegExp; wire: string }[] = [
  { form: /^OTS(?:\/|$)/u, wire: 'apa' },
  { form: /^ots(?:\/|$)/iu, wire: 'na' },
  {
    form: /^(?:PR ?Newswire|Kyodo JBN|CNW|Medianet|AsiaNet|美通社|PRニュースワイア)/iu,
    wire: 'prn',
  },
  { form: /^(?:GLOBE ?NEWSWIRE|Marketwired?(?![\p{L}]))/iu, wire: 'gnw' },
  { form: /^(?:BUSINESS WIRE|美國商業資訊|美国商业资讯|ビジネスワイヤ)/iu, wire: 'bw' },
  { form: /^dpa(?:[-/]|$)/u, wire: 'dpa' },
  { form: /^(?:EQS|DGAP)(?![\p{L}])/u, wire: 'eqs' },
  { form: /^ACCESS ?(?:WIRE|Newswire)/iu, wire: 'accesswire' },
]

export function wireNamed(name: string | undefined): string | undefined {
  return name === undefined ? undefined : wireNames.find(({ form }) => form.test(name))?.wire
}

export type { EntryTraits, House } from './house.js'
