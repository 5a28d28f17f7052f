type Given<T> = { [K in keyof T]?: NonNullable<T[K]> }

/** The fields that are there: what is undefined or null is left out. */
export function given<T extends object>(fields: T): Given<T> {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(there) as Given<T>
}
