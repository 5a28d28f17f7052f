type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The object without its undefined fields: an optional field is absent, never undefined. */
export function defined<T extends object>(fields: T): Defined<T> {
  const given = fields as Readonly<Record<string, unknown>>
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(given)) {
    if (given[name] !== undefined) kept[name] = given[name]
  }
  return kept as Defined<T>
}

/**
 * Sets an optional field where there is a value for it. Spreads say the same, and cost more than
 * all that is read of a teaser.
 */
export function put<T extends object, K extends keyof T>(
  target: T,
  name: K,
  value: T[K] | undefined,
): void {
  if (value !== undefined) target[name] = value
}
