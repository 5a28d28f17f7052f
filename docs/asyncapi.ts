import { facts } from '@newswire/model'
import { z } from 'zod'

/** The bus as AsyncAPI 3.0, from the table of facts: a channel per fact, its subject and shape. */
export function asyncApi(): object {
  const entries = Object.entries(facts)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Newswire bus',
      version: '0.1.0',
      description:
        'Facts on NATS JetStream. A subject names what happened to what; a star is one token of letters, digits, - and _.',
      license: { name: 'Apache-2.0' },
    },
    servers: { house: { host: '127.0.0.1', protocol: 'nats' } },
    channels: Object.fromEntries(
      entries.map(([name, { stream, pattern }]) => [
        name,
        {
          address: pattern,
          description: `Kept in stream ${stream}.`,
          messages: { [name]: { $ref: `#/components/messages/${name}` } },
        },
      ]),
    ),
    operations: Object.fromEntries(
      entries.map(([name]) => [
        `receive-${name}`,
        { action: 'receive', channel: { $ref: `#/channels/${name}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        entries.map(([name, { schema }]) => [
          name,
          { contentType: 'application/json', payload: z.toJSONSchema(schema, { io: 'input' }) },
        ]),
      ),
    },
  }
}
