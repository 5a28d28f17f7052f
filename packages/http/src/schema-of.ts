import AjvCompiler from '@fastify/ajv-compiler'
import { z } from 'zod'

/** A zod type as the JSON Schema of a route: `{ schema: { body: schemaOf(newWebhook) } }`. */
export function schemaOf(type: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { target: 'draft-7', io: 'input' })
  return schema
}

const build = AjvCompiler()

/**
 * Checks requests: text in addresses is turned into numbers and lists as the schema wants, JSON
 * bodies must have the right types already. Unknown properties are refused where the schema says
 * so, never dropped in silence.
 */
export function buildValidator(externalSchemas: Parameters<typeof build>[0]) {
  const common = { useDefaults: true, removeAdditional: false, allErrors: false } as const
  const union = { allowUnionTypes: true } as const
  const exact = build(externalSchemas, {
    customOptions: { ...common, ...union, coerceTypes: false },
  })
  const coercing = build(externalSchemas, {
    customOptions: { ...common, ...union, coerceTypes: 'array' },
  })
  return (route: Parameters<typeof exact>[0] & { httpPart?: string }) =>
    route.httpPart === 'body' ? exact(route) : coercing(route)
}
