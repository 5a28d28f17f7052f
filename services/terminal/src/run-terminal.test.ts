import { describe, expect, it } from 'vitest'
import { run } from './fixtures/terminal.js'

const commands = [
  'ingest',
  'tail',
  'items',
  'webhooks',
  'sources',
  'dead',
  'status',
  'rebuild',
  'retag',
  'admin-key',
]

describe('help', () => {
  it('is shown without a word, by help, --help and -h, and names every command', async () => {
    const pages = await Promise.all([[], ['help'], ['--help'], ['-h']].map((args) => run(args)))
    for (const { code, out, err } of pages) {
      expect(code).toBe(0)
      expect(err).toBe('')
      expect(out).toBe(pages[0]?.out)
      for (const name of commands) expect(out).toContain(`\n  ${name} `)
    }
  })

  it.each(commands)('of %s has examples, and fits the terminal', async (name) => {
    const { code, out } = await run([name, '--help'], { columns: 60, isTTY: true, colour: false })
    expect(code).toBe(0)
    expect(out).toMatch(/\nExamples:\n {2}\$ /)
    const [prose = ''] = out.split('\nExamples:')
    expect(Math.max(...prose.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60)
  })
})

describe('wrong usage', () => {
  it.each([
    [['tial'], 'Did you mean tail?'],
    [['webhooks', 'drll', 'wh_1'], 'Did you mean drill?'],
    [['items', '--limt', '5'], 'Did you mean --limit?'],
    [['items', '--limit', 'x'], 'whole number'],
    [['items', 'colour=red'], 'region'],
    [['ingest'], 'See: newswire ingest --help'],
    [['retag', '--tell', 'all'], 'nobody, matches, everyone'],
    [['dead', 'replay'], '--stage'],
    [['dead', 'replay', '1', '--all'], 'one of them'],
    [['webhooks', 'replay', 'wh_1', '--delivery', 'd', '--all'], 'alone'],
    [['webhooks', 'add', 'https://x.example', '--header', 'x'], 'Name: value'],
  ])('%j ends with 2 and one sentence that helps', async (args, says) => {
    const { code, out, err } = await run(args, { url: 'http://127.0.0.1:2' })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(says)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})

it('a house that is not there is a sentence and exit code 1', async () => {
  const { code, err } = await run(['items'], { url: 'http://127.0.0.1:2' })
  expect(code).toBe(1)
  expect(err).toMatch(
    /^No Newswire can be reached at http:\/\/127\.0\.0\.1:2 \(ECONNREFUSED\): start one/,
  )
  expect((await run(['status'])).err).toMatch(/^No Newswire runs on \.newswire: start one/)
})

it.each(['rebuild', 'retag', 'admin-key'])(
  '%s is not done here where another house is named',
  async (name) => {
    const find = () => ({ dataDir: '/srv/wire', url: 'http://127.0.0.1:8080' })
    const url = 'https://wire.example'
    for (const ran of [
      await run([name], { url, local: { find } }),
      await run([name, '--url', url]),
    ]) {
      expect(ran).toMatchObject({ code: 2, out: '' })
      expect(ran.err).toMatch(
        /^This works on the data folder .*not on https:\/\/wire\.example: run it /,
      )
    }
    const local = { find, rebuild: async () => ({ items: 0, facts: 0 }) }
    expect((await run(['rebuild'], { url: 'http://127.0.0.1:8080/', local })).code).toBe(0)
  },
)

it('work on the data folder is told to the end, in words or as JSON', async () => {
  const local = {
    rebuild: async (told: (done: number, all: number) => void) => {
      told(5, 5)
      return { items: 3, facts: 5 }
    },
  }
  expect(await run(['rebuild'], { local })).toEqual({
    ...{ code: 0, err: '' },
    out: 'The read models are made again from 5 facts: 3 items are public.\n',
  })
  const { out } = await run(['rebuild', '--json'], { local })
  expect(JSON.parse(out)).toEqual({ items: 3, facts: 5 })
  expect((await run(['rebuild'], { local, isTTY: true })).err).toContain('5 of 5')
})
