import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { houseSettings } from './house-settings.js'
import { addressList, choice, httpUrl, text, wholeNumber } from './setting-schemas.js'
import { defineSettings, readSettings, SettingsError } from './settings.js'
import { describeSettings, renderEnvExample, renderSettingsTable } from './settings-text.js'

const table = defineSettings({
  PORT: {
    schema: wholeNumber({ min: 0, max: 65_535 }),
    default: '8080',
    say: 'Port to listen on.',
  },
  PUBLIC_URL: { schema: httpUrl().optional(), say: 'Address of this | that server.' },
  KIND: { schema: choice(['fast', 'slow']), say: 'How it runs.' },
  KEY: {
    schema: text({ lengthMin: 8, lengthMax: 100 }).optional(),
    say: 'The key.',
    secret: true,
  },
})

function faultsOf(environment: Record<string, string>) {
  try {
    readSettings(table, environment)
  } catch (error) {
    if (error instanceof SettingsError) return error.faults
  }
  throw new Error('no SettingsError came')
}

function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'key'), content)
  return join(folder, 'key')
}

describe('reading', () => {
  test('values are typed, defaults stand in, empty counts as not set', () => {
    const settings = readSettings(table, {
      KIND: 'fast',
      PORT: '',
      PUBLIC_URL: 'https://a.example/',
    })
    const port: number = settings.PORT
    const kind: 'fast' | 'slow' = settings.KIND
    const key: string | undefined = settings.KEY
    expect([port, kind, key, settings.PUBLIC_URL]).toEqual([
      8080,
      'fast',
      undefined,
      'https://a.example',
    ])
  })

  test('all faults come at once, by name, each with a sentence', () => {
    const faults = faultsOf({ PORT: '70000', PUBLIC_URL: 'ftp://a', KEY: 'short' })
    expect(faults).toEqual([
      { name: 'PORT', say: 'PORT must be a whole number from 0 to 65535.' },
      { name: 'PUBLIC_URL', say: 'PUBLIC_URL must be a URL that starts with https:// or http://.' },
      { name: 'KIND', say: 'KIND is missing. How it runs.' },
      { name: 'KEY', say: 'KEY must have 8 to 100 characters and no control characters.' },
    ])
  })

  test('no fault shows a secret', () => {
    expect(JSON.stringify(faultsOf({ KIND: 'fast', KEY: 'hush\u0007' }))).not.toContain('hush')
  })

  test.each(['-1', '1.5', '1e3', '0x10', ' 80', 'eighty', '٣'])('%j is no whole number', (PORT) => {
    expect(faultsOf({ KIND: 'fast', PORT })).toHaveLength(1)
  })

  test('a secret may lie in a file, with or without a newline at its end', () => {
    for (const content of ['from a file', 'from a file\n', 'from a file\r\n']) {
      const settings = readSettings(table, { KIND: 'fast', KEY_FILE: fileWith(content) })
      expect(settings.KEY).toBe('from a file')
    }
  })

  test('a file that is not there, or stands beside the value, is a fault', () => {
    expect(faultsOf({ KIND: 'fast', KEY_FILE: '/nowhere/key' })[0]?.say).toBe(
      "KEY can't be read from the file in KEY_FILE (/nowhere/key: ENOENT).",
    )
    const both = { KIND: 'fast', KEY: 'long enough', KEY_FILE: fileWith('long enough') }
    expect(faultsOf(both)[0]?.say).toBe('KEY and KEY_FILE are both set; keep one of them.')
  })

  test('only secrets have a file twin', () => {
    expect(readSettings(table, { KIND: 'fast', PORT_FILE: '/nowhere' }).PORT).toBe(8080)
  })

  test('a default that its own schema refuses is an error of the table', () => {
    const schema = wholeNumber({ min: 1, max: 2 })
    expect(() => defineSettings({ A: { schema, default: '3', say: 'A.' } })).toThrow('A must be')
  })
})

describe('addresses', () => {
  test.each(['10.0.0.0/8', '127.0.0.1', '::1', 'fd00::/8, 10.0.0.1', '0.0.0.0/0'])(
    '%s fits',
    (value) => {
      expect(addressList().safeParse(value).success).toBe(true)
    },
  )
  test.each(['localhost', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '1.2.3', '::/129'])(
    '%s does not fit',
    (value) => {
      expect(addressList().safeParse(value).success).toBe(false)
    },
  )
})

describe('the settings of the house', () => {
  test('all of them have a default or may be missing', () => {
    expect(readSettings(houseSettings, {})).toMatchObject({
      PORT: 8080,
      HOST: '127.0.0.1',
      DATA_DIR: '.newswire',
      SOURCES: 'default',
      OUTBOUND_ALLOW: [],
      OUTBOUND_PORTS: [80, 443],
      RETENTION_RAW_DAYS: 30,
      RETENTION_ITEMS_DAYS: 0,
      STREAM_BYTES_MAX: 4 * 1024 ** 3,
    })
  })

  test('each says what it does in one sentence that fits into a table', () => {
    for (const { say } of describeSettings(houseSettings)) expect(say).toMatch(/^[A-Z][^\n|]+\.$/)
  })
})

describe('documents', () => {
  test('.env.example names every setting, commented out', () => {
    expect(renderEnvExample(table)).toBe(
      `# Port to listen on.
#PORT=8080

# Address of this | that server.
#PUBLIC_URL=

# How it runs.
#KIND=

# The key.
# Or the name of a file that holds it: KEY_FILE=
#KEY=
`,
    )
  })

  test('the table is Markdown', () => {
    expect(renderSettingsTable(table)).toBe(
      `| setting | default | what it does |
|---|---|---|
| \`PORT\` | \`8080\` | Port to listen on. |
| \`PUBLIC_URL\` |  | Address of this \\| that server. |
| \`KIND\` |  | How it runs. |
| \`KEY\`, \`KEY_FILE\` |  | The key. |
`,
    )
  })
})
