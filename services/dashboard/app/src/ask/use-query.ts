import { useLocation, useSearch } from 'wouter'

/**
 * What the address of the page says after its path, and how to change that: what is shown can be
 * shared, and a link to the same page leads where it says. An empty value is left out.
 */
export function useQuery<Name extends string>(
  names: readonly Name[],
): readonly [Readonly<Record<Name, string>>, (next: Partial<Record<Name, string>>) => void] {
  const given = new URLSearchParams(useSearch())
  const [path, navigate] = useLocation()
  const read = Object.fromEntries(names.map((name) => [name, given.get(name) ?? '']))
  const query = read as Record<Name, string>
  const change = (next: Partial<Record<Name, string>>) => {
    const wanted = new URLSearchParams(filled(names, { ...query, ...next }))
    navigate(wanted.size === 0 ? path : `${path}?${wanted}`, { replace: true })
  }
  return [query, change]
}

/** The names that have a value, with it. */
export function filled<Name extends string>(
  names: readonly Name[],
  query: Readonly<Record<Name, string>>,
): string[][] {
  return names.flatMap((name) => (query[name] === '' ? [] : [[name, query[name]]]))
}
