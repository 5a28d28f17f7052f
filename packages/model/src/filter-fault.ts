import type { z } from 'zod'

/** Limits of one filter. */
export const filterLimits = { valuesMax: 50, valueCharsMax: 200 } as const

/** What is wrong with the shape of a filter, as a sentence that says what to do. */
export function filterFault(issue: z.core.$ZodIssue | undefined): string {
  const path = issue?.path.filter((part) => typeof part === 'string').join('.') ?? ''
  if (issue?.code === 'unrecognized_keys') {
    const name = [path, issue.keys[0]].filter((part) => part !== '').join('.')
    return `There is no key "${name}" in a filter. Leave it out.`
  }
  if (issue?.code === 'too_big') {
    if (issue.origin === 'string') return tooLongFault(path)
    return `"${path}" has more than ${filterLimits.valuesMax} values. Give fewer.`
  }
  if (issue?.code === 'too_small') return `A value of "${path}" is empty. Leave it out.`
  if (path === '' || path === 'not') return 'A filter is an object, such as {"region": ["CN"]}.'
  return `"${path}" must be a list of texts, such as ["CN"].`
}

export function tooLongFault(key: string): string {
  return `A value of "${key}" has more than ${filterLimits.valueCharsMax} characters. Shorten it.`
}
