import type { House } from '../houses/index.js'

const leadChars = 300
const tickersFirst = /^(?:\((?:[^()]{1,80})\)\s*){1,6}/u
/** `Acme Robotics Inc. (NYSE: ACR), a maker of …`, `Acme Robotics today announced …`. */
const namedFirst =
  /^(?<name>\p{Lu}[\p{L}\p{N}.&'’+-]*(?:,? (?:\p{Lu}[\p{L}\p{N}.&'’+-]*|of|the|and|for|de|der|des|und|&|Inc\.?|Ltd\.?)){0,8}?),?(?: \(|, (?:a|an|the|which|one of)\b| today\b| announced\b| announces\b| has\b| is pleased\b| reported\b)/u

/**
 * The issuer that the first sentence of a release names. Only the customs of PR Newswire and its
 * like put it there; elsewhere the first words are anybody's.
 */
export function issuerFromLead(lead: string, house: House): string {
  if (house.wire !== 'prn') return ''
  const text = lead.slice(0, leadChars).replace(tickersFirst, '')
  return namedFirst.exec(text)?.groups?.['name'] ?? ''
}
