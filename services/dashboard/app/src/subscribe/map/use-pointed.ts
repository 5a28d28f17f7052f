import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useState,
} from 'react'
import { type Arrow, isArrow, nextPlace } from './direction.js'
import type { NamedPlace } from './use-shapes.js'
import type { Point } from './view.js'

interface PointedOptions {
  readonly places: readonly NamedPlace[]
  readonly list: RefObject<HTMLElement | null>
  readonly turn: (region: string) => void
  readonly wasDrag: () => boolean
  /** Moves the map so that a point is seen. */
  readonly show: (at: Point) => void
  /** What keys do besides arrows, Enter and Space; `at` is the country that has the focus. */
  readonly keys: Readonly<Record<string, (at?: Point) => void>>
}

/** Where the Tab key leads to before anything was chosen. */
const firstRegion = 'DE'

/** Which country is pointed at, by pointer or by keyboard, and what a click or a key does there. */
export function usePointed({ places, list, turn, wasDrag, show, keys }: PointedOptions) {
  const [current, setCurrent] = useState(firstRegion)
  const [pointed, setPointed] = useState<string>()

  const from = places.find(({ region }) => region === current)

  function go(arrow: Arrow): void {
    const next = from && nextPlace(places, from, arrow)
    if (!next) return
    show(next.center)
    list.current?.querySelector<SVGElement>(`#map-${next.region}`)?.focus()
  }

  function press(event: KeyboardEvent): void {
    const { key } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = key === 'Enter' || key === ' ' ? () => turn(current) : keys[key]
    if (!act && !isArrow(key)) return
    event.preventDefault()
    if (isArrow(key)) go(key)
    else act?.(from?.center)
  }

  function click({ target }: MouseEvent): void {
    const region = regionAt(target)
    if (region === undefined || wasDrag()) return
    setCurrent(region)
    turn(region)
  }

  function focus({ target }: FocusEvent): void {
    const region = regionAt(target)
    if (region === undefined) return
    setCurrent(region)
    if (target.matches(':focus-visible')) setPointed(region)
  }

  return {
    current,
    pointed: places.find(({ region }) => region === pointed),
    handlers: {
      onKeyDown: press,
      onClick: click,
      onFocus: focus,
      onBlur: () => setPointed(undefined),
      onPointerOver: ({ target }: PointerEvent) => setPointed(regionAt(target)),
      onMouseLeave: () => setPointed(undefined),
    },
  }
}

function regionAt(target: EventTarget): string | undefined {
  return target instanceof SVGElement ? target.dataset['region'] : undefined
}
