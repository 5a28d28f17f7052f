import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * NATS goes on without a stream whose description it can't read, and says so only in its log. A new
 * one in its place would hide everything that was kept, so the start must end here.
 *
 * nats-server 2.9 names the stream's files in warnings such as `Missing stream checksum file "…"`,
 * `Stream metafile "…": checksums do not match`, and the stream in `Error recreating stream "…"`.
 */
const warning =
  /\[WRN\]\s+(?:Missing stream|Stream metafile|Error (?:reading|unmarshalling|recreating)[^"]*?)[^"]*"(.*?)"/g

/** The folders of streams that hold messages and were not taken up at the start. */
export function streamsLeftOut(startLog: string, natsFolder: string): string[] {
  const streams = join(natsFolder, 'jetstream', '$G', 'streams')
  const named = [...startLog.matchAll(warning)].map(([, name = '']) => {
    const [, stream = name] = /[/\\]streams[/\\]([^/\\]+)/.exec(name) ?? []
    return join(streams, stream)
  })
  // A process that died while it made a stream leaves an empty one: nothing is lost with that.
  return [...new Set(named)].filter(holdsMessages)
}

function holdsMessages(stream: string): boolean {
  const folder = join(stream, 'msgs')
  try {
    return readdirSync(folder).some(
      (file) => file.endsWith('.blk') && statSync(join(folder, file)).size > 0,
    )
  } catch {
    return false
  }
}
