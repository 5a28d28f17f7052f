import { streamLimitsDefault } from '@newswire/bus'
import { facts, type StreamName } from '@newswire/model'
import { z } from 'zod'
import { type Channel, factChannels, outHeaders } from './bus/channels.js'
import { registerNotes } from './bus/registers.js'

const dayMs = 24 * 60 * 60 * 1_000
const MiB = 1024 * 1024

interface Entry extends Channel {
  readonly name: string
  readonly schema: z.ZodType
  readonly headers?: object
}

/**
 * The bus as AsyncAPI 3.0: a channel per kind of fact and per register, its subject, its messages
 * and their shapes. Operations are those of a reader; what is written is written by the house.
 */
export function asyncApi(): object {
  const entries = [...factEntries(), ...registerEntries()]
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Newswire bus',
      version: '0.1.0',
      description:
        'Facts on NATS JetStream, and registers (NATS KV). A subject names what happened to what; a parameter is one token of letters, digits, - and _. To read items inside the house, make a subscription and read out.<subscription>.*: docs/bus/README.md shows how.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      house: {
        host: '127.0.0.1:4222',
        protocol: 'nats',
        description: 'The server that NATS_URL names.',
      },
    },
    channels: Object.fromEntries(entries.map((entry) => [entry.name, channelOf(entry)])),
    operations: Object.fromEntries(
      entries.map(({ name, title }) => [
        `receive-${name}`,
        {
          action: 'receive',
          title,
          channel: { $ref: `#/channels/${name}` },
          messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
        },
      ]),
    ),
    components: {
      messages: Object.fromEntries(entries.map((entry) => [entry.name, messageOf(entry)])),
    },
  }
}

function factEntries(): Entry[] {
  return Object.entries(factChannels).map(([name, channel]) => {
    const { schema, stream } = facts[name as keyof typeof facts]
    const description = `${channel.description} ${keptIn(stream)}`
    return {
      name,
      ...channel,
      description,
      schema,
      ...(name === 'out' ? { headers: outHeaders } : {}),
    }
  })
}

function registerEntries(): Entry[] {
  return Object.entries(registerNotes).map(([name, { title, key, schema }]) => ({
    name: `register-${name}`,
    address: `$KV.${name}.{key}`,
    parameters: { key: `Key of the row: ${key}.` },
    title,
    description: `Register ${name}: the newest message of a subject is the row, and one with KV-Operation: DEL ends it.`,
    schema,
  }))
}

function keptIn(stream: StreamName): string {
  const { bytesMax, ageMsMax } = streamLimitsDefault[stream]
  const age = ageMsMax === 0 ? 'for ever' : `for ${ageMsMax / dayMs} days`
  return `Kept in stream ${stream}, ${age} and up to ${bytesMax / MiB} MiB unless it is set otherwise.`
}

function channelOf({ name, address, parameters, title, description }: Entry): object {
  return {
    address,
    title,
    description,
    messages: { [name]: { $ref: `#/components/messages/${name}` } },
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, say]) => [key, { description: say }]),
    ),
  }
}

function messageOf({ name, title, schema, headers }: Entry): object {
  return {
    name,
    title,
    contentType: 'application/json',
    ...(headers === undefined ? {} : { headers }),
    payload: z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }),
  }
}
