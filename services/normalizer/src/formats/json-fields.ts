/** A JSON object from outside: nothing is known of its fields. */
export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object that a JSON text holds; undefined where it holds none. */
export function fieldsIn(json: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The first of the named fields that is a filled string or a number, as text. */
export function textOf(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'number') return String(value)
    if (typeof value === 'string' && value.trim() !== '') return value
  }
  return undefined
}

/** The objects in the first of the named fields that holds any: a list's, or an object's values. */
export function objectsOf(fields: Fields, ...names: readonly string[]): Fields[] {
  for (const name of names) {
    const value = fields[name]
    const members = Array.isArray(value) ? value : isFields(value) ? Object.values(value) : []
    const objects = members.filter(isFields)
    if (objects.length > 0) return objects
  }
  return []
}
