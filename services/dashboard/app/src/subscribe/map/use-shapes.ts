import { useEffect, useMemo, useState } from 'react'
import { type Detail, loadShapes, type Shape } from './atlas.js'
import type { Place } from './direction.js'

/** A country with its name in the reader's language. */
export interface NamedShape extends Shape {
  readonly label: string
}

/** One that can be chosen. */
export type NamedPlace = NamedShape & Place

export interface Shapes {
  readonly shapes: readonly NamedShape[]
  readonly places: readonly NamedPlace[]
  /** The map could not be loaded; regions can be typed all the same. */
  readonly hasFailed: boolean
}

/** The countries of the map; once a finer map is there, it stays. */
export function useShapes(detail: Detail, language: string): Shapes {
  const [drawn, setDrawn] = useState<readonly Shape[]>([])
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    let isOver = false
    loadShapes(detail).then(
      (loaded) => {
        if (isOver) return
        setDrawn((last) => (last.length > loaded.length ? last : loaded))
        setFailed(false)
      },
      () => {
        if (!isOver) setFailed(true)
      },
    )
    return () => {
      isOver = true
    }
  }, [detail])
  return useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: 'region' })
    const shapes = drawn.map((shape) => ({
      ...shape,
      label: shape.region === undefined ? shape.name : (names.of(shape.region) ?? shape.name),
    }))
    const places = shapes.filter((shape) => hasRegion(shape))
    return { shapes, places, hasFailed: hasFailed && drawn.length === 0 }
  }, [drawn, hasFailed, language])
}

function hasRegion(shape: NamedShape): shape is NamedPlace {
  return shape.region !== undefined
}
