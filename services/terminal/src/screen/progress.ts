import { coloured, paint } from './paint.js'
import type { Stream } from './screen.js'
import { count } from './times.js'
import { cut } from './width.js'

/** A bar of work that has an end, on one line of a terminal. */
export interface Progress {
  /** Done so far, of all that is known now. */
  at(done: number, all: number): void
  /** Takes the bar away; further words are ignored. */
  end(): void
  hide(): void
  show(): void
}

const cells = 24
const full = '█'
const empty = '░'
/** Clears the line and leaves the cursor at its beginning. */
const clearLine = '\r\u001b[2K'
/** More is not seen, and would only slow the work. */
const drawEveryMs = 50
const columnsDefault = 80

export interface ProgressOptions {
  readonly title: string
  readonly stream: Stream
  readonly hasColour: boolean
  /** Milliseconds of a steady clock. */
  readonly now?: () => number
}

/** Nothing is drawn where the stream is no terminal. */
export function createProgress(options: ProgressOptions): Progress {
  const { stream, now = () => performance.now() } = options
  if (stream.isTTY !== true) return silent
  let state = { done: 0, all: 0 }
  let drawnAt = Number.NEGATIVE_INFINITY
  let isShown = false
  let hasEnded = false

  function show(): void {
    if (hasEnded) return
    drawnAt = now()
    isShown = true
    stream.write(clearLine + barOf(state, options))
  }
  function hide(): void {
    if (isShown) stream.write(clearLine)
    isShown = false
  }
  return {
    at(done, all) {
      state = { done, all }
      if (done >= all || now() - drawnAt >= drawEveryMs) show()
    },
    hide,
    show: () => {
      if (drawnAt !== Number.NEGATIVE_INFINITY) show()
    },
    end() {
      hide()
      hasEnded = true
    },
  }
}

function barOf(
  { done, all }: { done: number; all: number },
  { title, stream, hasColour }: ProgressOptions,
): string {
  const share = all === 0 ? 0 : Math.min(1, done / all)
  const filled = Math.round(share * cells)
  const bar =
    coloured(paint('accent', full.repeat(filled)), hasColour) + empty.repeat(cells - filled)
  const says = `${count(done)} of ${count(all)}  ${Math.floor(share * 100)} %`
  const room = (stream.columns ?? columnsDefault) - cells - says.length - 5
  return room < 1 ? says : `${cut(title, room)}  ${bar}  ${says}`
}

const nothing = () => undefined
const silent: Progress = { at: nothing, end: nothing, hide: nothing, show: nothing }
