import { type Bus, type Register, WrongSequenceError } from '@newswire/bus'
import { type Alias, aliasSchema, toToken } from '@newswire/model'

/** An alias may lead to another; people make no longer chains. */
const hopsMax = 8

/** Which ids speak of which items: register `aliases`. */
export interface Aliases {
  /**
   * By what this process was told: every alias made here, those of others a moment later. Costs
   * nothing.
   */
  known(id: string): Alias | undefined
  /** By the register itself. */
  find(id: string): Promise<Alias | undefined>
  /** Makes an alias, or gives the one that stands. Safe to repeat. */
  join(alias: Alias): Promise<Alias>
  stop(): Promise<void>
}

export async function openAliases(bus: Bus): Promise<Aliases> {
  const register = await bus.register('aliases', aliasSchema)
  const rows = new Map<string, Alias>()
  const watching = await watch(register, rows)
  const find = async (id: string) => (await register.get(toToken(id)))?.value

  return {
    known: (id) => followed(rows, id),
    find: async (id) => followed(rows, id) ?? (await find(id)),
    async join(alias) {
      const stands = (await create(register, alias)) ? alias : await find(alias.id)
      if (!stands) throw new Error('An alias vanished while it was made.')
      rows.set(toToken(alias.id), stands)
      return stands
    },
    stop: () => watching.stop(),
  }
}

function watch(register: Register<Alias>, rows: Map<string, Alias>) {
  return new Promise<Awaited<ReturnType<typeof register.watch>>>((resolve, reject) => {
    const started = register.watch({
      onChange: (change) => {
        if (change.kind === 'put') rows.set(change.row.key, change.row.value)
        else rows.delete(change.key)
      },
      onCurrent: () => resolve(started),
    })
    started.catch(reject)
  })
}

async function create(register: Register<Alias>, alias: Alias): Promise<boolean> {
  try {
    await register.create(toToken(alias.id), alias)
    return true
  } catch (error) {
    if (error instanceof WrongSequenceError) return false
    throw error
  }
}

/** The end of a chain of aliases, under the id that was asked for. */
function followed(rows: ReadonlyMap<string, Alias>, id: string): Alias | undefined {
  let end = rows.get(toToken(id))
  for (let hops = 0; end && hops < hopsMax; hops += 1) {
    const next = rows.get(toToken(end.item))
    if (!next || next.item === id) break
    end = { ...next, id }
  }
  return end
}
