/** The part of the map that is seen: the map is drawn `scale` times as large, moved by x and y. */
export interface View {
  readonly scale: number
  /** In units of the map, after scaling; ≤ 0. */
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export type Point = readonly [x: number, y: number]

export const scaleMax = 12
export const wholeMap: View = { scale: 1, x: 0, y: 0 }

/** Where a point of the map is seen. */
export function seenAt({ scale, x, y }: View, [px, py]: Point): Point {
  return [px * scale + x, py * scale + y]
}

/** Draws larger or smaller; what lies under the point stays there. */
export function zoomed(view: View, factor: number, [px, py]: Point, size: Size): View {
  const scale = Math.min(scaleMax, Math.max(1, view.scale * factor))
  const ratio = scale / view.scale
  return within({ scale, x: px - (px - view.x) * ratio, y: py - (py - view.y) * ratio }, size)
}

export function moved(view: View, [dx, dy]: Point, size: Size): View {
  return within({ ...view, x: view.x + dx, y: view.y + dy }, size)
}

/** Moves just so far that the point is seen, with some of the map around it. */
export function showing(view: View, point: Point, size: Size): View {
  const [seenX, seenY] = seenAt(view, point)
  const move = (at: number, length: number) => {
    const edge = length / 8
    return Math.max(0, edge - at) - Math.max(0, at - (length - edge))
  }
  const dx = move(seenX, size.width)
  const dy = move(seenY, size.height)
  return moved(view, [dx, dy], size)
}

/** Beyond its edges the map is not moved. */
function within({ scale, x, y }: View, { width, height }: Size): View {
  return {
    scale,
    x: Math.min(0, Math.max(width * (1 - scale), x)),
    y: Math.min(0, Math.max(height * (1 - scale), y)),
  }
}
