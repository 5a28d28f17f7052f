import type { RegisterName } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import { DiscardPolicy, type JetStreamManager, nuid, StorageType } from 'nats'
import type { z } from 'zod'
import type { Append, Appender } from './append.js'
import type { Register, Row } from './bus.js'
import { isDeletion, operationHeader } from './deletion.js'
import { WrongSequenceError } from './errors.js'
import { hostMs, idempotencyKeyMs, leaseMs, registerBytesMax } from './limits.js'
import type { Link } from './link.js'
import { listRows, watchRows } from './rows.js'
import { jsonOf, newestOn, shaped } from './stored.js'
import { ensureStream } from './streams.js'

/** Registers whose rows vanish unless they are written again. */
const lifetimesMs: Partial<Record<RegisterName, number>> = {
  leases: leaseMs,
  hosts: hostMs,
  idempotencyKeys: idempotencyKeyMs,
}

export interface RegisterParts {
  readonly link: Link
  readonly log: Log
  readonly append: Appender
}

/** The register's stream, in the layout of a NATS KV bucket (ADR-8): its tools read it. */
export async function ensureRegister(jsm: JetStreamManager, name: RegisterName): Promise<void> {
  const limits = { bytesMax: registerBytesMax, ageMsMax: lifetimesMs[name] ?? 0 }
  await ensureStream(jsm, {
    config: {
      name: streamOf(name),
      subjects: [`${prefixOf(name)}>`],
      storage: StorageType.File,
      discard: DiscardPolicy.New,
      max_msgs_per_subject: 1,
      allow_rollup_hdrs: true,
    },
    limits,
    change: limits,
  })
}

export function createRegister<S extends z.ZodType>(
  { link, log, append }: RegisterParts,
  name: RegisterName,
  schema: S,
): Register<z.infer<S>> {
  type T = z.infer<S>
  const stream = streamOf(name)
  const prefix = prefixOf(name)
  const toRow = (key: string, data: Uint8Array, revision: number): Row<T> => ({
    key,
    value: shaped(schema, jsonOf(data), `row of ${name}`),
    revision,
  })

  async function write(key: string, data: string, more: Partial<Append> = {}): Promise<number> {
    if (!isLiteral(key)) throw new Error(`${JSON.stringify(key)} is no key of register ${name}.`)
    const subject = `${prefix}${key}`
    const message = { stream, subject, data: Buffer.from(data), id: nuid.next(), ...more }
    return (await append(message)).sequence
  }
  const newest = async (key: string) =>
    isLiteral(key) ? link.ask(() => newestOn(link, stream, `${prefix}${key}`)) : undefined

  return {
    async get(key) {
      const message = await newest(key)
      if (message === undefined || isDeletion(message.header)) return undefined
      return toRow(key, message.data, message.seq)
    },
    async deletedAt(key) {
      const message = await newest(key)
      return message && isDeletion(message.header) ? message.time : undefined
    },
    rows: () => listRows({ link, log, stream, prefix, toRow }),
    put: (key, value) => write(key, JSON.stringify(value)),
    async create(key, value) {
      try {
        return await write(key, JSON.stringify(value), { expect: 0 })
      } catch (error) {
        if (!(error instanceof WrongSequenceError)) throw error
        const message = await newest(key)
        if (message !== undefined && !isDeletion(message.header)) throw error
        return write(key, JSON.stringify(value), { expect: message?.seq ?? 0 })
      }
    },
    update: (key, value, revision) => write(key, JSON.stringify(value), { expect: revision }),
    async delete(key, revision) {
      const expected = revision === undefined ? {} : { expect: revision }
      await write(key, '', { headers: { [operationHeader]: 'DEL' }, frees: true, ...expected })
    },
    watch: (options) => watchRows({ link, log, stream, prefix, toRow, ...options }),
  }
}

/** Keys come from addresses too, and the server takes `*` and `>` for anybody's row. */
function isLiteral(key: string): boolean {
  return !/(^|\.)[*>](\.|$)/.test(key)
}

function streamOf(name: RegisterName): string {
  return `KV_${name}`
}

function prefixOf(name: RegisterName): string {
  return `$KV.${name}.`
}
