import { type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { mapSize } from './atlas.js'
import { moved, type Point, seenAt, showing, type View, wholeMap, zoomed } from './view.js'

/** A pointer that moved less far was a click. In pixels. */
const clickMoveMax = 4
const wheelStep = 0.002
const buttonFactor = 1.6
const middle: Point = [mapSize.width / 2, mapSize.height / 2]

/** Moves and zooms the map: by buttons, by dragging, with two fingers, and by wheel with Ctrl. */
export function useView(list: RefObject<HTMLElement | null>) {
  const [view, setView] = useState<View>(wholeMap)
  const drag = useDrag(list, view, setView)
  useEffect(() => {
    const element = list.current
    if (!element) return undefined
    // A wheel alone scrolls the page; pinching on a touchpad comes as a wheel with Ctrl.
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const at = pointOf(element, event)
      setView((last) => zoomed(last, Math.exp(-event.deltaY * wheelStep), at, mapSize))
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [list])
  const steps = useMemo(() => {
    const zoom = (factor: number, at: Point | undefined) =>
      setView((last) => zoomed(last, factor, at ? seenAt(last, at) : middle, mapSize))
    return {
      /** Around a place of the map; without one, around the middle of what is seen. */
      nearer: (at?: Point) => zoom(buttonFactor, at),
      farther: (at?: Point) => zoom(1 / buttonFactor, at),
      whole: () => setView(wholeMap),
      show: (at: Point) => setView((last) => showing(last, at, mapSize)),
    }
  }, [])
  return { view, drag, ...steps }
}

interface Drag {
  readonly start: readonly [x: number, y: number]
  readonly pointers: Map<number, Point>
  hasMoved: boolean
}

/** Handlers for the map's element; `wasDrag` tells a click from the end of a drag. */
function useDrag(
  list: RefObject<HTMLElement | null>,
  view: View,
  setView: (next: (last: View) => View) => void,
) {
  const drag = useRef<Drag>(undefined)
  const down = (event: PointerEvent) => {
    if (!list.current) return
    const first = drag.current?.pointers.size ? drag.current : undefined
    const { pointers } = first ?? { pointers: new Map<number, Point>() }
    pointers.set(event.pointerId, pointOf(list.current, event))
    const start = [event.clientX, event.clientY] as const
    drag.current = { start, pointers, hasMoved: first !== undefined }
  }
  const move = (event: PointerEvent) => {
    const now = drag.current
    const last = now?.pointers.get(event.pointerId)
    if (!list.current || !now || !last) return
    const [x, y] = now.start
    if (Math.hypot(event.clientX - x, event.clientY - y) > clickMoveMax) now.hasMoved = true
    if (!now.hasMoved) return
    const at = pointOf(list.current, event)
    const other = [...now.pointers].find(([id]) => id !== event.pointerId)?.[1]
    now.pointers.set(event.pointerId, at)
    setView((before) => {
      if (!other) return moved(before, [at[0] - last[0], at[1] - last[1]], mapSize)
      const ratio = distance(at, other) / Math.max(1, distance(last, other))
      return zoomed(before, ratio, other, mapSize)
    })
  }
  const up = (event: PointerEvent) => drag.current?.pointers.delete(event.pointerId)
  return {
    // One finger scrolls the page until the map is zoomed; then it moves the map.
    isMovable: view.scale > 1,
    wasDrag: () => drag.current?.hasMoved === true,
    handlers: {
      onPointerDown: down,
      onPointerMove: move,
      onPointerUp: up,
      onPointerCancel: up,
      onPointerLeave: up,
    },
  }
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by)
}

/** Where a pointer is, in units of the map before it is zoomed or moved. */
function pointOf(list: HTMLElement, event: { clientX: number; clientY: number }): Point {
  const { left, top, width, height } = list.getBoundingClientRect()
  const scale = Math.min(width / mapSize.width, height / mapSize.height)
  const [marginX, marginY] = [width - mapSize.width * scale, height - mapSize.height * scale]
  return [(event.clientX - left - marginX / 2) / scale, (event.clientY - top - marginY / 2) / scale]
}
