import type { Bus, Published } from '@newswire/bus'
import { type RawItem, rawContentTypes, rawIdOf } from '@newswire/model'
import type { Clock } from '@newswire/runtime'

/** The publish id of what arrived; equal parts within the stream's window are stored once. */
export const rawId = rawIdOf

/** Stores what arrived. Resolves once JetStream has acknowledged it. */
export function publishRaw(bus: Bus, raw: RawItem, id: string): Promise<Published> {
  return bus.publish('item.raw', raw, { source: raw.source }, { id })
}

export interface PublishTextOptions {
  readonly bus: Bus
  readonly clock: Clock
  readonly text: string
  /** Names the subject: `drop`, or whoever hands the text in. */
  readonly source: string
  readonly file?: string
}

/** Takes in a wire text that is at hand in this process: the sample of the first start. */
export async function publishText({
  bus,
  clock,
  text,
  source,
  file,
}: PublishTextOptions): Promise<{ sequence: number }> {
  const raw: RawItem = {
    source,
    door: 'drop',
    contentType: rawContentTypes.text,
    body: text,
    received: clock.now().toISOString(),
    rights: 'full',
    ...(file === undefined ? {} : { file }),
  }
  const { sequence } = await publishRaw(bus, raw, rawId('drop', rawContentTypes.text, text))
  return { sequence }
}
