import { generic } from './generic.js'
import type { House } from './house.js'

/** EQS News, formerly DGAP: what listed companies must publish, and their other news. */
export const eqs: House = {
  ...generic,
  wire: 'eqs',
  zone: 'Europe/Berlin',
  creditOf: (issuer) =>
    issuer === '' ? 'Übermittelt durch EQS News' : `${issuer}, übermittelt durch EQS News`,
}
