import type { SettingsTable } from './settings.js'

export interface SettingRow {
  readonly name: string
  readonly default: string | undefined
  readonly say: string
  readonly secret: boolean
}

/** The table as rows, in its own order: for documents that are generated from it. */
export function describeSettings(settings: SettingsTable): SettingRow[] {
  return Object.entries(settings).map(([name, setting]) => ({
    name,
    default: setting.default,
    say: setting.say,
    secret: setting.secret === true,
  }))
}

/** `.env.example`: every setting with its sentence, commented out, with its default. */
export function renderEnvExample(settings: SettingsTable): string {
  const blocks = describeSettings(settings).map((row) => {
    const twin = row.secret ? `\n# Or the name of a file that holds it: ${row.name}_FILE=` : ''
    return `# ${row.say}${twin}\n#${row.name}=${row.default ?? ''}\n`
  })
  return blocks.join('\n')
}

/** A Markdown table: name, default, what it does. */
export function renderSettingsTable(settings: SettingsTable): string {
  const rows = describeSettings(settings).map((row) => {
    const names = row.secret ? `\`${row.name}\`, \`${row.name}_FILE\`` : `\`${row.name}\``
    const value = row.default === undefined ? '' : `\`${row.default || '(empty)'}\``
    return `| ${names} | ${value} | ${row.say.replaceAll('|', '\\|')} |`
  })
  return ['| setting | default | what it does |', '|---|---|---|', ...rows, ''].join('\n')
}
