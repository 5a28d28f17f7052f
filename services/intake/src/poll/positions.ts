import { type Bus, changeRow, type Register, type Subscription } from '@newswire/bus'
import { type Seen, seenSchema, toToken } from '@newswire/model'
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
    change: (source, change) => changed({ register, source, empty: emptyPosition, change }),
    marks: async (source) => readMarks((await seen.get(toToken(source)))?.value.marks ?? ''),
    async remember(source, entries) {
      const change = ({ marks }: Seen): Seen => ({
        source,
        marks: writeMarks(remembered(readMarks(marks), entries)),
      })
      const row = await changed({ register: seen, source, empty: emptySeen, change })
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

async function changed<T>({ register, source, empty, change }: Change<T>): Promise<T> {
  const next = (row: T | undefined) => change(row ?? empty(source))
  const { written } = await changeRow(register, toToken(source), next)
  // A position is always written.
  return written ?? empty(source)
}
