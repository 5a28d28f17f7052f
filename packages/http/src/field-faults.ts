import type { FastifyError } from 'fastify'
import type { z } from 'zod'
import { faultsMax } from './limits.js'

/** What can be wrong with a field, by names that stay: forms say it in their reader's language. */
export type FaultRule =
  | 'missing'
  | 'unknown'
  | 'not-one-of'
  | 'too-long'
  | 'too-short'
  | 'too-big'
  | 'too-small'
  | 'too-many'
  | 'too-few'
  | 'wrong-form'

/** Member `faults` of a problem. */
export interface FieldFault {
  /** Its path, with dots; empty for the whole. */
  readonly field: string
  readonly rule: FaultRule
  /** Of what is too long, big or many. */
  readonly limit?: number
  /** In English. */
  readonly fault: string
}

type Violation = NonNullable<FastifyError['validation']>[number]

const ruleOfKeyword: Readonly<Record<string, FaultRule>> = {
  required: 'missing',
  additionalProperties: 'unknown',
  enum: 'not-one-of',
  const: 'not-one-of',
  maxLength: 'too-long',
  minLength: 'too-short',
  maximum: 'too-big',
  exclusiveMaximum: 'too-big',
  minimum: 'too-small',
  exclusiveMinimum: 'too-small',
  maxItems: 'too-many',
  minItems: 'too-few',
}

/** Of the schema of a route. */
export function faultsOfRoute(violations: readonly Violation[] = []): FieldFault[] {
  return violations.map((violation) => {
    const { keyword, params, message = 'is not valid' } = violation
    const rule = ruleOfKeyword[keyword] ?? 'wrong-form'
    const limit = params['limit']
    return {
      field: fieldOf(violation),
      rule,
      ...(typeof limit === 'number' ? { limit } : {}),
      fault: message,
    }
  })
}

/** The path with dots; what is missing or unknown is named, not what should hold it. */
export function fieldOf({ instancePath, params }: Violation): string {
  const named = params['missingProperty'] ?? params['additionalProperty']
  const path = [...instancePath.split('/').slice(1), named]
  return path.filter((part) => typeof part === 'string' && part !== '').join('.')
}

/** Of a zod type that `body` does not fit: the first `faultsMax`. */
export function faultsOfType(error: z.ZodError, body: unknown): FieldFault[] {
  const faults = error.issues.slice(0, faultsMax).flatMap((issue): FieldFault[] => {
    const at = (...more: PropertyKey[]) => [...issue.path, ...more].map(String).join('.')
    if (issue.code === 'unrecognized_keys') {
      // Its message names all of them: said of each it would grow with their square.
      const fault = 'is not known here'
      const keys = issue.keys.slice(0, faultsMax)
      return keys.map((key) => ({ field: at(key), rule: 'unknown', fault }))
    }
    return [{ field: at(), ...ruleOf(issue, body), fault: issue.message }]
  })
  return faults.slice(0, faultsMax)
}

function ruleOf(issue: z.core.$ZodIssue, body: unknown): Pick<FieldFault, 'rule' | 'limit'> {
  if (issue.code === 'too_big') {
    const rule = sized(issue.origin, 'too-long', 'too-many', 'too-big')
    return { rule, limit: Number(issue.maximum) }
  }
  if (issue.code === 'too_small') {
    const rule = sized(issue.origin, 'too-short', 'too-few', 'too-small')
    return { rule, limit: Number(issue.minimum) }
  }
  if (valueAt(body, issue.path) === undefined) return { rule: 'missing' }
  return { rule: issue.code === 'invalid_value' ? 'not-one-of' : 'wrong-form' }
}

function sized(origin: string, text: FaultRule, list: FaultRule, number: FaultRule): FaultRule {
  if (origin === 'string') return text
  return origin === 'array' || origin === 'set' ? list : number
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = body
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key]
  return value
}
