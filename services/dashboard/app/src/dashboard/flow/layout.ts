import type { StationName } from './stations.js'

export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: Readonly<Record<StationName, Box>>
}

const main = { w: 184, h: 124 } as const
const side = { w: 184, h: 56 } as const
const tall = { w: 220, h: 112 } as const

/** From left to right. */
const lying: Layout = {
  width: 1_200,
  height: 284,
  boxes: {
    sources: { x: 0, y: 0, ...main },
    intake: { x: 254, y: 0, ...main },
    normalizer: { x: 508, y: 0, ...main },
    tagger: { x: 762, y: 0, ...main },
    feeds: { x: 1_016, y: 0, ...main },
    webhooks: { x: 1_016, y: 160, ...main },
    dead: { x: 508, y: 194, ...side },
    held: { x: 762, y: 194, ...side },
  },
}

/** From top to bottom, for narrow pages. */
const standing: Layout = {
  width: 360,
  height: 704,
  boxes: {
    sources: { x: 0, y: 0, ...tall },
    intake: { x: 0, y: 148, ...tall },
    normalizer: { x: 0, y: 296, ...tall },
    tagger: { x: 0, y: 444, ...tall },
    feeds: { x: 0, y: 592, w: 172, h: 112 },
    webhooks: { x: 188, y: 592, w: 172, h: 112 },
    dead: { x: 248, y: 324, w: 112, h: 56 },
    held: { x: 248, y: 472, w: 112, h: 56 },
  },
}

export const layouts = { lying, standing } as const
export type Direction = keyof typeof layouts

export interface Pipe {
  readonly from: StationName
  readonly to: StationName
  /** Whose rate moves it. */
  readonly rate: StationName | undefined
}

export const pipes: readonly Pipe[] = [
  { from: 'sources', to: 'intake', rate: 'intake' },
  { from: 'intake', to: 'normalizer', rate: 'normalizer' },
  { from: 'normalizer', to: 'tagger', rate: 'tagger' },
  { from: 'tagger', to: 'feeds', rate: 'feeds' },
  { from: 'tagger', to: 'webhooks', rate: 'webhooks' },
  { from: 'normalizer', to: 'dead', rate: undefined },
  { from: 'tagger', to: 'held', rate: undefined },
]

/** The line of a pipe, from edge to edge. */
export function lineOf({ from, to }: Pipe, direction: Direction): string {
  const { boxes } = layouts[direction]
  const [a, b] = [boxes[from], boxes[to]]
  const isBeside = b.x >= a.x + a.w
  if (!isBeside) {
    // In the middle of what both have in common.
    const x = (Math.max(a.x, b.x) + Math.min(a.x + a.w, b.x + b.w)) / 2
    return `M${x} ${a.y + a.h}V${b.y}`
  }
  const startY = a.y + a.h / 2
  const endY = b.y + b.h / 2
  const half = (a.x + a.w + b.x) / 2
  return startY === endY
    ? `M${a.x + a.w} ${startY}H${b.x}`
    : `M${a.x + a.w} ${startY}H${half}V${endY}H${b.x}`
}
