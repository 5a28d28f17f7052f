// The packages of this room are installed by `npm run eval`: their shapes as far as they are used.
declare module 'csv-parse/sync' {
  export function parse(text: string, options: object): Record<string, string>[]
}

declare module 'franc' {
  export function franc(text: string, options?: object): string
}

declare module 'tinyld' {
  export function detect(text: string): string
}

declare module 'country-in-text-detector' {
  const detector: { detect(text: string): { readonly iso3166: string }[] }
  export = detector
}
