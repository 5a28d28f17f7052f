import { readFileSync } from 'node:fs'

/** `tokens.css` as text: custom properties and the few rules that every page begins with. */
export const tokens: string = readFileSync(new URL('../tokens.css', import.meta.url), 'utf8')
