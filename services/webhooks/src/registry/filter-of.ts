import { Problem } from '@newswire/http'
import { type Filter, FilterError, parseFilter } from '@newswire/model'
import { type CodesKey, loadCodes, unknownCode } from '@newswire/vocabulary'

const codesKeys: readonly CodesKey[] = ['region', 'topic', 'lang']

/** Problem 422 where it cannot be read, or names a code that there is not. */
export function filterOf(input: unknown): Filter {
  const filter = read(input)
  for (const terms of [filter, filter.not ?? {}]) {
    for (const key of codesKeys) {
      const unknown = terms[key]?.find((code) => loadCodes().row(key, code) === undefined)
      if (unknown !== undefined) throw new Problem({ status: 422, ...unknownCode(key, unknown) })
    }
  }
  return filter
}

function read(input: unknown): Filter {
  try {
    return parseFilter(input)
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    throw new Problem({
      status: 422,
      slug: 'invalid-filter',
      title: 'The filter cannot be read',
      detail: error.message,
    })
  }
}
