import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { houseSettings, renderEnvExample, renderSettingsTable } from '@newswire/runtime'
import { asyncApi } from './asyncapi.js'

export const root = join(import.meta.dirname, '..')

/** Everything that is generated without a running house: path → content. */
export function documents(): Readonly<Record<string, string>> {
  return {
    '.env.example': renderEnvExample(houseSettings),
    'docs/asyncapi.json': `${JSON.stringify(asyncApi(), null, 2)}\n`,
    'README.md': withSettings(readFileSync(join(root, 'README.md'), 'utf8')),
  }
}

/** The README with the table of settings between its two marks. */
function withSettings(readme: string): string {
  const marked = /(<!-- settings:[^>]*-->\n)[\s\S]*(<!-- \/settings -->)/
  if (!marked.test(readme)) throw new Error('README.md has lost the marks of its settings table.')
  const table = renderSettingsTable(houseSettings).trim()
  return readme.replace(marked, (_, open: string, close: string) => `${open}\n${table}\n\n${close}`)
}
