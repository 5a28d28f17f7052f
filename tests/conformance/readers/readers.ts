import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bareEnvironment, findPrograms } from '@newswire/infra'

/*
 * Third-party readers, as people run them. Each keeps its state in a folder of its own and is
 * asked what it holds after a poll; what it holds is read by a few lines of Python beside this.
 */

/** An item as a reader holds it. */
export interface Seen {
  readonly id: string
  readonly title: string
  /** Seconds since 1970. */
  readonly date: number
  readonly link: string
  /** Where the reader tells it. */
  readonly language?: string | null
  readonly text: string
}

export interface Reader {
  readonly name: string
  /** Polls the feed and gives everything that the reader holds, oldest first. */
  poll(url: string, folder: string): Promise<readonly Seen[]>
}

const run = promisify(execFile)
const runWithinMs = 20_000
const outputCharsMax = 20_000_000

/** With a home of its own, so that nobody's settings are read or changed. */
async function runIn(folder: string, program: string, ...args: string[]): Promise<string> {
  const env = { ...bareEnvironment(), HOME: folder, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
  const options = { cwd: folder, env, timeout: runWithinMs, maxBuffer: outputCharsMax }
  const { stdout } = await run(program, args, options)
  return stdout
}

async function seenBy(python: string, folder: string, ...args: string[]): Promise<Seen[]> {
  const [script = '', ...rest] = args
  const path = join(import.meta.dirname, `seen-by-${script}.py`)
  const seen = JSON.parse(await runIn(folder, python, path, ...rest)) as Seen[]
  return seen.sort((one, other) => one.date - other.date || (one.id < other.id ? -1 : 1))
}

function newsboat(program: string, python: string): Reader {
  return {
    name: 'newsboat',
    async poll(url, folder) {
      writeFileSync(join(folder, 'urls'), `${url}\n`)
      writeFileSync(join(folder, 'config'), '')
      await runIn(folder, program, '-u', 'urls', '-c', 'cache.db', '-C', 'config', '-x', 'reload')
      return seenBy(python, folder, 'newsboat', 'cache.db')
    },
  }
}

function feedparser(python: string): Reader {
  return {
    name: 'feedparser',
    poll: (url, folder) => seenBy(python, folder, 'feedparser', url, 'kept.json'),
  }
}

function rss2email(program: string, python: string): Reader {
  return {
    name: 'rss2email',
    async poll(url, folder) {
      const files = ['-c', 'config', '-d', 'data.json']
      if (!existsSync(join(folder, 'config'))) {
        mkdirSync(join(folder, 'mail'))
        writeFileSync(join(folder, 'config'), rss2emailConfig(folder))
        await runIn(folder, program, ...files, 'add', 'news', url)
      }
      await runIn(folder, program, ...files, 'run')
      return seenBy(python, folder, 'rss2email', 'mail')
    },
  }
}

function rss2emailConfig(folder: string): string {
  const settings = {
    ...{ from: 'newswire@example.org', to: 'reader@example.org', verbose: 'error' },
    ...{ 'email-protocol': 'maildir', 'maildir-path': join(folder, 'mail') },
    ...{ 'maildir-mailbox': 'inbox', 'date-header': 'True' },
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  return `[DEFAULT]\n${lines.join('\n')}\n`
}

/** Debian's packages of the readers. */
export const packages = ['newsboat', 'python3-feedparser', 'rss2email'] as const

/** The readers that can be run here, and the packages that are missing for the others. */
export async function installedReaders(): Promise<{
  readonly readers: readonly Reader[]
  readonly missing: readonly string[]
}> {
  const python = await pythonWith('feedparser')
  const [boat] = findPrograms('newsboat')
  const [mailer] = findPrograms('r2e')
  const found: readonly (Reader | undefined)[] = [
    boat && python ? newsboat(boat, python) : undefined,
    python ? feedparser(python) : undefined,
    mailer && python ? rss2email(mailer, python) : undefined,
  ]
  return {
    readers: found.filter((reader) => reader !== undefined),
    missing: packages.filter((_name, at) => found[at] === undefined),
  }
}

/** A Python may be there that is not Debian's and knows no package of Debian's. */
async function pythonWith(module: string): Promise<string | undefined> {
  for (const python of findPrograms('python3')) {
    const knows = await run(python, ['-c', `import ${module}`]).then(
      () => true,
      () => false,
    )
    if (knows) return python
  }
  return undefined
}
