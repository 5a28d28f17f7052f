import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bareEnvironment, type Exit, repository, spawnGuarded } from '@newswire/infra'

export const roleNames = [
  'intake',
  'normalizer',
  'tagger',
  'feeds',
  'webhooks',
  'dashboard',
] as const
export type RoleName = (typeof roleNames)[number]

/** A role in a process of its own, as a container runs it. */
export interface Role {
  readonly pid: number
  readonly exited: Promise<Exit>
  /** Everything it has written so far. */
  written(): string
  /** Where it listens, once it has said so: a role chooses its port itself under `PORT=0`. */
  url(): string | undefined
  signal(name: NodeJS.Signals): void
}

/**
 * Starts `services/<name>/dist/main.js` with these settings and nothing else of the environment.
 */
export function startRole(name: RoleName, settings: Readonly<Record<string, string>>): Role {
  const main = join(repository, 'services', name, 'dist/main.js')
  if (!existsSync(main)) throw new Error(`${main} is missing. Run \`npm run build\` first.`)
  const child = spawnGuarded(process.execPath, [main], {
    folder: repository,
    output: 'pipe',
    env: { ...bareEnvironment(), ...settings },
  })
  let text = ''
  for (const stream of child.output) {
    stream.setEncoding('utf8')
    stream.on('data', (part: string) => {
      text += part
    })
  }
  return {
    pid: child.pid,
    exited: child.exited,
    written: () => text,
    url: () => /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1],
    signal: (signal) => void child.signal(signal),
  }
}
