import { type StreamName, streamNames } from '@newswire/model'
import type { GroupState, StreamState } from './bus.js'
import { floorOf } from './consumer.js'
import { listStreams } from './fill.js'
import type { Link } from './link.js'

/** Every durable consumer of the fact streams. */
export async function groupStates(link: Link): Promise<GroupState[]> {
  const states = await Promise.all(streamNames.map((stream) => groupsOf(link, stream)))
  return states.flat()
}

async function groupsOf({ jsm }: Link, stream: StreamName): Promise<GroupState[]> {
  const groups: GroupState[] = []
  for await (const info of jsm.consumers.list(stream)) {
    if (info.config.durable_name === undefined) continue
    groups.push({
      stream,
      group: info.config.durable_name,
      pending: info.num_pending,
      inFlight: info.num_ack_pending,
      redelivered: info.num_redelivered,
      acknowledged: floorOf(info),
    })
  }
  return groups
}

export async function streamStates(link: Link): Promise<StreamState[]> {
  const infos = new Map((await listStreams(link)).map((info) => [info.config.name, info]))
  return streamNames.flatMap((stream) => {
    const info = infos.get(stream)
    if (info === undefined) return []
    const { messages, bytes, first_seq: firstSequence, last_seq: lastSequence } = info.state
    const bytesMax = info.config.max_bytes
    return [{ stream, messages, bytes, firstSequence, lastSequence, bytesMax }]
  })
}
