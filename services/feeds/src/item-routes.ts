import type { Bus } from '@newswire/bus'
import { type HttpReply, type HttpRequest, Problem, publicLimit, type Routes } from '@newswire/http'
import { formatFilter, type TaggedItem, toNinjs } from '@newswire/model'
import type { PublicItem, Store } from '@newswire/store'
import { readFilter, readLimit } from './address.js'
import { itemPage, missingPage, withdrawnPage } from './item-page.js'
import { pageLanguage } from './page/language.js'
import { prefersPage } from './page/prefers-page.js'
import { mayRead } from './private/access.js'
import { type Reader, readerOf, type TokenFinder } from './private/address.js'
import type { Renderings } from './renderings.js'
import { versionRoutes } from './version-routes.js'

export interface ItemRoutesOptions {
  readonly bus: Pick<Bus, 'history'>
  readonly store: Pick<Store, 'query' | 'publicItem'>
  readonly ready: Renderings['ready']
  readonly publicUrl: string
  /** Opens private items by the token in an address; without it no token opens anything. */
  readonly tokens?: TokenFinder
}

/** Items for machines (`/api/v1/items`) and for people (`/items/{id}`). */
export function itemRoutes(options: ItemRoutesOptions): Routes {
  const { bus, store, ready, publicUrl, tokens } = options

  function queryOf(request: HttpRequest): URLSearchParams {
    return new URL(request.url, publicUrl).searchParams
  }

  async function lookUp(request: HttpRequest, { access }: Reader): Promise<PublicItem | undefined> {
    const found = await store.publicItem(idOf(request))
    if (found && mayRead(found.item, access)) return found
    // What is not there may not be there yet, while the read model is made again.
    await ready()
    return undefined
  }

  async function find(request: HttpRequest, reader: Reader): Promise<PublicItem> {
    const found = await lookUp(request, reader)
    if (found) return found
    throw unknownItem()
  }

  async function list(request: HttpRequest): Promise<object> {
    const searchParams = queryOf(request)
    const filter = readFilter(searchParams, ['limit', 'cursor'])
    const limit = readLimit(searchParams.get('limit'))
    const before = readCursor(searchParams.get('cursor'))
    const page = await store.query({ filter, limit, ...(before === undefined ? {} : { before }) })
    await ready()
    const items = page.items.map(({ item }) => toNinjs(item))
    return {
      filter: formatFilter(filter),
      items,
      next: page.next === undefined ? null : writeCursor(page.next),
    }
  }

  async function show(request: HttpRequest, reply: HttpReply): Promise<object> {
    const { item } = await find(request, await readerOf(queryOf(request), reply, tokens))
    if (item.status === 'usable') return toNinjs(item)
    throw withdrawn(item)
  }

  async function findUsable(request: HttpRequest, reply: HttpReply) {
    const reader = await readerOf(queryOf(request), reply, tokens)
    const { item } = await find(request, reader)
    if (item.status !== 'usable') throw withdrawn(item)
    return { item, access: reader.access }
  }

  async function page(request: HttpRequest, reply: HttpReply): Promise<HttpReply> {
    const query = queryOf(request)
    const hl = query.get('hl') ?? undefined
    const language = pageLanguage(hl, request.headers['accept-language'])
    const reader = await readerOf(query, reply, tokens)
    const found = await lookUp(request, reader)
    if (!found && !prefersPage(request.headers.accept, 'application/json')) throw unknownItem()
    reply.type('text/html; charset=utf-8').header('vary', 'accept, accept-language')
    if (reader.token === undefined) reply.header('cache-control', 'public, no-cache')
    const options = { language, publicUrl, token: reader.token }
    if (!found) return reply.code(404).send(missingPage(idOf(request), options))
    const { item } = found
    if (item.status !== 'usable') return reply.code(410).send(withdrawnPage(item, options))
    return reply.send(itemPage(item, options))
  }

  return async (server) => {
    await versionRoutes({ bus, store, find: findUsable })(server)
    const open = (summary: string) => ({
      config: publicLimit,
      schema: { tags: ['items'], summary },
    })
    server.get('/api/v1/items', open('Items, newest first'), list)
    server.get('/api/v1/items/:id', open('One item as ninjs 3.1'), show)
    server.get('/items/:id', open('One item as a page'), page)
  }
}

function unknownItem(): Problem {
  return new Problem({
    status: 404,
    slug: 'unknown-item',
    title: 'There is no such item',
    detail: 'Check the id, or look the item up in GET /api/v1/items.',
  })
}

function withdrawn(item: TaggedItem): Problem {
  return new Problem({
    status: 410,
    slug: 'withdrawn',
    title: 'The item is withdrawn',
    detail: 'Its issuer or its wire took it back. Remove it wherever you use it.',
    extra: { item: toNinjs(item) },
  })
}

function idOf(request: HttpRequest): string {
  const { id } = request.params as { id: string }
  return id
}

/** Opaque outside: the place in stream TAGGED that the next page starts before. */
function writeCursor(sequence: number): string {
  return Buffer.from(`before:${sequence}`).toString('base64url')
}

function readCursor(cursor: string | null): number | undefined {
  if (cursor === null) return undefined
  const sequence = /^before:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (sequence !== undefined) return Number(sequence)
  throw new Problem({
    status: 400,
    slug: 'bad-cursor',
    title: 'The cursor cannot be read',
    detail: 'Give the "next" of the page before, unchanged, or no cursor for the first page.',
  })
}
