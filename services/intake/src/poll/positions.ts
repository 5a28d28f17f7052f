import { type Bus, type Register, type Subscription, WrongSequenceError } from '@newswire/bus'
import { type Seen, seenSchema, toToken } from '@newswire/model'
import { intakeLimits } from '../limits.js'
import { type Marked, type Marks, readMarks, remembered, writeMarks } from './marks.js'
import { emptyPosition, type Position, positionSchema } from './position.js'

/**
 * How far each source has been read: a small row that every poll writes, and the marks of its
 * entries, which only news writes. Both are written only after what they cover is stored.
 */
export interface Positions {
  get(source: string): Promise<Position | undefined>
  all(): Promise<Position[]>
  /** Compare-and-set: `change` may run again, upon what another process wrote meanwhile. */
  change(source: string, change: (position: Position) => Position): Promise<Position>
  marks(source: string): Promise<Marks>
  /** Adds what a feed holds to the marks that stand, and gives what stands then. */
  remember(source: string, entries: readonly Marked[]): Promise<Marks>
  delete(source: string): Promise<void>
  /** All positions that stand, resolved once they are told, and then every change. */
  watch(told: {
    onPut: (position: Position) => void
    onDelete: (key: string) => void
  }): Promise<Subscription>
}

export async function openPositions(bus: Bus): Promise<Positions> {
  const [register, seen] = await Promise.all([
    bus.register('positions', positionSchema),
    bus.register('seen', seenSchema),
  ])
  const emptySeen = (source: string): Seen => ({ source, marks: '' })
  return {
    get: async (source) => (await register.get(toToken(source)))?.value,
    all: async () => (await register.rows()).map((row) => row.value),
    change: (source, change) => changeRow({ register, source, empty: emptyPosition, change }),
    marks: async (source) => readMarks((await seen.get(toToken(source)))?.value.marks ?? ''),
    async remember(source, entries) {
      const change = ({ marks }: Seen): Seen => ({
        source,
        marks: writeMarks(remembered(readMarks(marks), entries)),
      })
      const row = await changeRow({ register: seen, source, empty: emptySeen, change })
      return readMarks(row.marks)
    },
    async delete(source) {
      await register.delete(toToken(source))
      await seen.delete(toToken(source))
    },
    async watch({ onPut, onDelete }) {
      let current: () => void = () => undefined
      const isCurrent = new Promise<void>((resolve) => {
        current = resolve
      })
      const watching = await register.watch({
        onChange: (change) =>
          change.kind === 'put' ? onPut(change.row.value) : onDelete(change.key),
        onCurrent: () => current(),
      })
      await isCurrent
      return watching
    },
  }
}

interface Change<T> {
  readonly register: Register<T>
  readonly source: string
  readonly empty: (source: string) => T
  readonly change: (row: T) => T
}

async function changeRow<T>({ register, source, empty, change }: Change<T>): Promise<T> {
  const key = toToken(source)
  for (let tries = 1; ; tries += 1) {
    const row = await register.get(key)
    const value = change(row?.value ?? empty(source))
    try {
      await (row ? register.update(key, value, row.revision) : register.create(key, value))
      return value
    } catch (error) {
      const isRace = error instanceof WrongSequenceError
      if (!isRace || tries >= intakeLimits.positionTriesMax) throw error
    }
  }
}
