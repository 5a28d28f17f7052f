import type { Bus } from '@newswire/bus'
import { type HttpReply, type HttpRequest, publicLimit, type Routes } from '@newswire/http'
import { type TaggedItem, toNinjs } from '@newswire/model'
import { readStory, type StoryOptions } from './story.js'
import { readVersions } from './versions.js'

export interface VersionRoutesOptions {
  readonly bus: Pick<Bus, 'history'>
  readonly store: StoryOptions['store']
  /** The item that the address names, where its reader may see it: a Problem otherwise. */
  readonly find: (
    request: HttpRequest,
    reply: HttpReply,
  ) => Promise<{ item: TaggedItem; access: StoryOptions['access'] }>
}

/** What stands around an item: its versions, and the same story on other wires. */
export function versionRoutes({ bus, store, find }: VersionRoutesOptions): Routes {
  return (server) => {
    const open = (summary: string) => ({
      config: publicLimit,
      schema: { tags: ['items'], summary },
    })
    server.get(
      '/api/v1/items/:id/versions',
      open('Its public versions as ninjs 3.1, newest first; of a withdrawn item none'),
      async (request, reply) => {
        const { item, access } = await find(request, reply)
        const { items, truncated } = await readVersions(bus, item, access)
        return { items: items.map(toNinjs), truncated }
      },
    )
    server.get(
      '/api/v1/items/:id/story',
      open('The same release on other wires and in other languages'),
      async (request, reply) => {
        const { item, access } = await find(request, reply)
        return { items: await readStory({ store, access }, item) }
      },
    )
  }
}
