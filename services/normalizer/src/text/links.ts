import { itemLimits } from '@newswire/model'

const urlForm =
  /\b(?:https?:\/\/|www\.(?=[\p{L}\p{N}-]{1,63}\.))[^\s<>"'`{}|\\^„“”‚‘’«»]{2,2000}/giu
/** Most teasers have no address, and this is told in a tenth of the time. */
const urlHint = /:\/\/|www\./i
const trailing: ReadonlySet<string> = new Set('.,;:!?…*_]')

/** Addresses in a text, then those of its links; each once, in order, `http` or `https` only. */
export function linksOf(text: string, hrefs: readonly string[]): string[] {
  const found = new Set<string>()
  const matches = urlHint.test(text) ? text.matchAll(urlForm) : []
  for (const match of matches) addTo(found, withoutTrail(match[0]))
  for (const href of hrefs) addTo(found, href)
  return [...found]
}

/** At most as many as an item may have, and whether some were left out. */
export function bounded<T>(
  values: T[],
  kind: 'links' | 'media',
): { kept: T[]; flags: readonly string[] } {
  const limit = kind === 'links' ? itemLimits.linksMax : itemLimits.mediaMax
  if (values.length <= limit) return { kept: values, flags: [] }
  return { kept: values.slice(0, limit), flags: [`${kind}-cut`] }
}

function addTo(found: Set<string>, address: string): void {
  const url = /^www\./i.test(address) ? `http://${address}` : address
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) found.add(url)
}

/** A sentence's own signs behind the address are not part of it; its own brackets are. */
function withoutTrail(address: string): string {
  let unopened = count(address, ')') - count(address, '(')
  let end = address.length
  for (; end > 0; end -= 1) {
    const sign = address.charAt(end - 1)
    if (sign === ')' && unopened > 0) unopened -= 1
    else if (!trailing.has(sign)) break
  }
  return address.slice(0, end)
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1
}
