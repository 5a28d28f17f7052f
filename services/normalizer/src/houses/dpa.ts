import { generic } from './generic.js'
import type { House } from './house.js'

/** Deutsche Presse-Agentur: an agency that writes what it sends. */
export const dpa: House = {
  ...generic,
  wire: 'dpa',
  zone: 'Europe/Berlin',
  creditOf: (issuer) => (issuer === '' ? 'dpa' : issuer),
}
