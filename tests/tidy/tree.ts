import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** What tools write; the laws are about what people write. */
const written = [
  ...['.git', '.newswire', '.newswire-demo', '.turbo', 'node_modules', 'dist', 'coverage'],
  'test-results',
]
const generated = ['package-lock.json']

/** Every file of the repository, its path relative to the root, with slashes. */
export const files: readonly string[] = walk('')

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (written.includes(entry.name)) return []
    return entry.isDirectory() ? walk(path) : [path]
  })
}

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

export const workspaces: readonly string[] = ['packages', 'services', 'tests/kit', 'infra'].flatMap(
  (room) =>
    existsSync(join(root, room, 'package.json'))
      ? [room]
      : readdirSync(join(root, room)).map((name) => `${room}/${name}`),
)

const isOfWorkspace = (path: string) => workspaces.some((room) => path.startsWith(`${room}/`))

/** Programs, tests among them, wherever they lie. */
export const programs = files.filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path))
export const tests = programs.filter((path) => /\.test\.tsx?$/.test(path))
export const sources = programs.filter((path) => isOfWorkspace(path) && !tests.includes(path))
export const texts = files.filter(
  (path) =>
    /\.(ts|tsx|mts|mjs|json|md|ya?ml|conf|html|css|txt|example)$/.test(path) &&
    !generated.includes(path),
)

/** What a program imports, types included. */
export const importsOf = (path: string): string[] =>
  [...read(path).matchAll(/(?:from|import)\s*\(?\s*'([^'\n]+)'/g)].map(([, name = '']) => name)

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, unknown>>
}

export const manifestOf = (workspace: string): Manifest =>
  JSON.parse(read(`${workspace}/package.json`)) as Manifest

/** `path:line  text` of every line in these files that breaks a law. */
export function linesThat(paths: readonly string[], isBroken: (line: string) => boolean): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .map((line, index) => ({ line, place: `${path}:${index + 1}` }))
      .filter(({ line }) => isBroken(line))
      .map(({ line, place }) => `${place}  ${line.trim().slice(0, 80)}`),
  )
}
