import { useMemo, useState } from 'react'
import { useAsk } from '../../ask/use-ask.js'
import type { Offer } from './typed-field.js'

/** As much of an item as tells who it is from. */
interface Told {
  readonly _newswire: {
    readonly wire: string
    readonly source: string
    readonly issuer: { readonly name: string }
  }
}

const itemsMax = 50
/** The wires that the house reads from the start. */
const wires: readonly Offer[] = [
  { value: 'na', label: 'news aktuell (ots)' },
  { value: 'prn', label: 'PR Newswire' },
]

/** Issuers and sources of the newest releases; asked for when a field is entered. */
export function useOffers() {
  const [isWanted, setWanted] = useState(false)
  const path = isWanted ? `/api/v1/items?limit=${itemsMax}` : undefined
  const { value } = useAsk<{ readonly items: readonly Told[] }>(path)
  return useMemo(() => {
    const told = (value?.items ?? []).map(({ _newswire }) => _newswire)
    const issuers = [...new Set(told.map(({ issuer }) => issuer.name))].filter(Boolean).sort()
    const others = [...new Set(told.flatMap(({ wire, source }) => [wire, source]))]
      .filter((name) => !wires.some((wire) => wire.value === name))
      .sort()
    return {
      want: () => setWanted(true),
      issuers: issuers.map((name): Offer => ({ value: name })),
      sources: [...wires, ...others.map((name): Offer => ({ value: name }))],
    }
  }, [value])
}
