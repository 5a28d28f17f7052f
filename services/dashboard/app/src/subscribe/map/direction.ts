import type { Point } from './view.js'

export interface Place {
  readonly region: string
  readonly center: Point
}

const directions = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
} as const

export type Arrow = keyof typeof directions

export function isArrow(key: string): key is Arrow {
  return Object.hasOwn(directions, key)
}

/** How much more a step to the side counts than one straight ahead. */
const sidewaysWeight = 2

/** The place that an arrow leads to: the nearest one ahead; undefined at the edge of the map. */
export function nextPlace<T extends Place>(
  places: readonly T[],
  from: Place,
  arrow: Arrow,
): T | undefined {
  const [dx, dy] = directions[arrow]
  let best: { place: T; cost: number } | undefined
  for (const place of places) {
    if (place.region === from.region) continue
    const [x, y] = [place.center[0] - from.center[0], place.center[1] - from.center[1]]
    const ahead = x * dx + y * dy
    const sideways = Math.abs(x * dy) + Math.abs(y * dx)
    // Behind, or more to the side than ahead: another arrow leads there.
    if (sideways > ahead * sidewaysWeight) continue
    const cost = ahead + sideways * sidewaysWeight
    if (!best || cost < best.cost) best = { place, cost }
  }
  return best?.place
}
