import { type Bus, type Register, WrongSequenceError } from '@newswire/bus'
import { toToken } from '@newswire/model'
import { intakeLimits } from '../limits.js'
import { emptyPosition, type Position, positionSchema } from './position.js'

/** How far each source has been read. The row is written only after what it covers is stored. */
export interface Positions {
  get(source: string): Promise<Position | undefined>
  all(): Promise<Position[]>
  /** Compare-and-set: `change` may run again, upon what another process wrote meanwhile. */
  change(source: string, change: (position: Position) => Position): Promise<Position>
  delete(source: string): Promise<void>
}

export async function openPositions(bus: Bus): Promise<Positions> {
  const register = await bus.register('positions', positionSchema)
  return {
    get: async (source) => (await register.get(toToken(source)))?.value,
    all: async () => (await register.rows()).map((row) => row.value),
    change: (source, change) => changeRow(register, source, change),
    delete: (source) => register.delete(toToken(source)),
  }
}

async function changeRow(
  register: Register<Position>,
  source: string,
  change: (position: Position) => Position,
): Promise<Position> {
  const key = toToken(source)
  for (let tries = 1; ; tries += 1) {
    const row = await register.get(key)
    const position = change(row?.value ?? emptyPosition(source))
    try {
      await (row ? register.update(key, position, row.revision) : register.create(key, position))
      return position
    } catch (error) {
      const isRace = error instanceof WrongSequenceError
      if (!isRace || tries >= intakeLimits.positionTriesMax) throw error
    }
  }
}
