import { type Bus, changeRow, type Register, WrongSequenceError } from '@newswire/bus'
import { type Source, sourceSchema, toToken } from '@newswire/model'

/** The rows of register `sources`. */
export interface SourceRows {
  readonly register: Register<Source>
  get(id: string): Promise<Source | undefined>
  all(): Promise<Source[]>
  /** False where the id is taken. */
  create(source: Source): Promise<boolean>
  /** Compare-and-set; undefined where there is no such row. */
  change(id: string, change: (source: Source) => Source): Promise<Source | undefined>
  /** As `change`, where the row still has this address; else nothing is changed. */
  changeAt(
    at: Pick<Source, 'id' | 'url'>,
    change: (source: Source) => Source,
  ): Promise<Source | undefined>
  disable(id: string): Promise<void>
  delete(id: string): Promise<void>
}

export async function openSources(bus: Bus): Promise<SourceRows> {
  const register = await bus.register('sources', sourceSchema)
  const rows: SourceRows = {
    register,
    get: async (id) => (await register.get(toToken(id)))?.value,
    all: async () => (await register.rows()).map((row) => row.value),
    create: (source) => createRow(register, source),
    change: (id, change) => changed(register, id, change),
    changeAt: ({ id, url }, change) =>
      changed(register, id, (row) => (row.url === url ? change(row) : undefined)),
    disable: async (id) => {
      await changed(register, id, (source) => ({ ...source, enabled: false }))
    },
    delete: (id) => register.delete(toToken(id)),
  }
  return rows
}

async function createRow(register: Register<Source>, source: Source): Promise<boolean> {
  try {
    await register.create(toToken(source.id), source)
    return true
  } catch (error) {
    if (error instanceof WrongSequenceError) return false
    throw error
  }
}

async function changed(
  register: Register<Source>,
  id: string,
  change: (source: Source) => Source | undefined,
): Promise<Source | undefined> {
  const next = (source: Source | undefined) => source && change(source)
  return (await changeRow(register, toToken(id), next)).written
}
