import type { MsgHdrs } from 'nats'

/** The KV layout's header that marks what is no row (ADR-8). */
export const operationHeader = 'KV-Operation'

export function isDeletion(headers: MsgHdrs | undefined): boolean {
  const operation = headers?.get(operationHeader)
  return operation === 'DEL' || operation === 'PURGE'
}
