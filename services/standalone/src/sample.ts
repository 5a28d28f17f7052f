import { readFileSync } from 'node:fs'
import type { Bus } from '@newswire/bus'
import { publishText } from '@newswire/intake'
import { systemClock } from '@newswire/runtime'

const file = new URL('../sample/chongqing.txt', import.meta.url)

/** Takes in the release that ships with the project, where nothing ever came in. */
export async function takeInSample(bus: Bus): Promise<void> {
  const raw = (await bus.streams()).find(({ stream }) => stream === 'RAW')
  if (raw && raw.lastSequence > 0) return
  const text = readFileSync(file, 'utf8')
  await publishText({ bus, clock: systemClock, text, source: 'sample' })
}
