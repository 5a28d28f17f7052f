import swagger from '@fastify/swagger'
import type { FastifySchema, RouteOptions } from 'fastify'
import { rolesOf } from './guards.js'
import type { HttpServer, OutgoingCalls } from './http.js'
import { problemSchema } from './problem.js'
import { publicLimit } from './rate-limit.js'

export interface ApiTitle {
  readonly title: string
  readonly version: string
  readonly publicUrl?: string
}

/** Describes every route that has a schema; must stand before the routes are hung up. */
export async function describeApi(
  server: HttpServer,
  { title, version, publicUrl }: ApiTitle,
): Promise<void> {
  server.addSchema(problemSchema)
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version },
      ...(publicUrl === undefined ? {} : { servers: [{ url: publicUrl }] }),
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => nameOf(json['$id'], i) },
    transform: ({ schema, url, route }) => ({ url, schema: described(schema, route) }),
  })
  server.get('/api/openapi.json', { config: publicLimit }, async () => {
    return withCalls(server.swagger(), server.house.calls)
  })
}

/** Tells in the API description what a room calls others with; once per room. */
export function describeCalls({ house }: HttpServer, calls: OutgoingCalls): void {
  house.calls.push(calls)
}

function withCalls(described: object, calls: readonly OutgoingCalls[]): object {
  if (calls.length === 0) return described
  const { components = {} } = described as { components?: Record<string, object> }
  const all = (part: keyof OutgoingCalls) => Object.assign({}, ...calls.map((each) => each[part]))
  const schemas = { ...components['schemas'], ...all('schemas') }
  const parameters = { ...components['parameters'], ...all('parameters') }
  return {
    ...described,
    webhooks: all('webhooks'),
    components: { ...components, schemas, parameters },
  }
}

function nameOf(id: unknown, index: number): string {
  return typeof id === 'string' ? id : `schema-${index}`
}

function described(schema: FastifySchema | undefined, route: RouteOptions): FastifySchema {
  // A page has no schema, and the description is of the API.
  if (schema === undefined) return { hide: true }
  const roles = guardsOf(route).flatMap((guard) => rolesOf(guard) ?? [])
  const isGuarded = guardsOf(route).some((guard) => rolesOf(guard) !== undefined)
  const responses = (schema.response ?? {}) as Record<string, unknown>
  return {
    ...schema,
    ...(isGuarded ? { security: [{ key: [...new Set([...roles, 'admin'])] }] } : {}),
    response: { ...responses, default: problemAnswer },
  }
}

const problemAnswer = {
  description: 'An error',
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
}

function guardsOf({ onRequest = [], preHandler = [] }: RouteOptions): object[] {
  return [onRequest, preHandler].flat()
}
