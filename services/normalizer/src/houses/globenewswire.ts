import { generic } from './generic.js'
import type { House } from './house.js'

/** GlobeNewswire, formerly Marketwired. A release has an id of its own in each language. */
export const globenewswire: House = {
  ...generic,
  wire: 'gnw',
  zone: 'America/New_York',
  creditOf: (issuer) =>
    issuer === ''
      ? 'Distributed by GlobeNewswire'
      : `Distributed by GlobeNewswire on behalf of ${issuer}`,
}
