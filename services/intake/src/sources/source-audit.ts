import type { Bus } from '@newswire/bus'
import { type Source, shortHash } from '@newswire/model'
import type { Clock } from '@newswire/runtime'

/** Writes down who did what to a source. `actor` is a key's id, or `intake` where nobody did it. */
export async function auditSource(
  source: Source,
  { actor, action }: { actor: string; action: string },
  { bus, clock }: { bus: Bus; clock: Clock },
): Promise<void> {
  const { id, enabled, movedFrom } = source
  const at = clock.now().toISOString()
  const move = movedFrom === undefined ? {} : { from: bare(movedFrom), to: bare(source.url) }
  const detail = { enabled, ...(action === 'source.moved' ? move : {}) }
  const fact = { actor, action, subject: id, at, detail }
  await bus.publish('audit', fact, { actor }, { id: `audit:${shortHash(actor, action, id, at)}` })
}

/** Without its query, which may hold a key. */
function bare(address: string): string {
  if (!URL.canParse(address)) return address
  const { protocol, host, pathname } = new URL(address)
  return `${protocol}//${host}${pathname}`
}
