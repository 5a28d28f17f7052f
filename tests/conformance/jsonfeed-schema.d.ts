/** A JSON Schema (draft 7) of JSON Feed 1.1; the package brings no types. */
declare module 'jsonfeed-schema' {
  const schema: Record<string, unknown>
  export = schema
}
