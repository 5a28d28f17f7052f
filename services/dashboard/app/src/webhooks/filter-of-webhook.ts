import { type Choice, queryOf } from '../filter/choice.js'

/** In one line, as addresses have it; empty where everything matches. */
export function lineOf(filter: Choice): string {
  return queryOf(filter)
    .split('&')
    .map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
    .filter((part) => part !== '')
    .join(' · ')
}
