import { generic } from './generic.js'
import type { House } from './house.js'

/** The number of a release is the same in every language. */
const storyPath = /^https?:\/\/(?:www\.)?businesswire\.com\/news\/home\/(\d{14})(?:[/?#]|$)/iu

/** Business Wire. */
export const businessWire: House = {
  ...generic,
  wire: 'bw',
  zone: 'America/New_York',
  creditOf: (issuer) =>
    issuer === ''
      ? 'Distributed by Business Wire'
      : `Distributed by Business Wire on behalf of ${issuer}`,
  wireIdOf: (url) => storyPath.exec(url)?.[1],
}
