import { expect, test } from 'vitest'
import { files, linesThat, programs, read, sources, tests, texts, workspaces } from './tree.js'

/*
 * The laws of this repository that no general tool knows. Each failure names the place.
 * A law that is spelled out here would break itself, hence the words in two parts.
 */
const self = 'tests/tidy/'
const sourceLinesMax = 300
const testLinesMax = 400
const lineCharsMax = 100

const linesOf = (path: string) => read(path).split('\n').length - 1

test('no file outgrows its reader', () => {
  const long = (paths: readonly string[], max: number) =>
    paths.filter((path) => linesOf(path) > max).map((path) => `${path}: ${linesOf(path)}`)
  expect(long(sources, sourceLinesMax)).toEqual([])
  expect(long(tests, testLinesMax)).toEqual([])
})

test('no line is longer than a hundred characters, unless it holds a text that can not be broken', () => {
  const isTooLong = (line: string) =>
    [...line].length > lineCharsMax && (/^\s*(\*|\/\/|\/\*)/.test(line) || !/['"`/]/.test(line))
  expect(linesThat(programs, isTooLong)).toEqual([])
})

test('every room has a README that says what it is for', () => {
  expect(workspaces.filter((room) => !files.includes(`${room}/README.md`))).toEqual([])
})

test('nothing is named after being of use', () => {
  const vague = /(^|\/)(utils?|helpers?|common|shared|managers?|misc)(\.|\/|$)/i
  expect(files.filter((path) => vague.test(path))).toEqual([])
})

test('only the settings read the environment', () => {
  // What people copy has no settings of ours.
  const copied = 'services/dashboard/receivers/'
  const readers = ['packages/runtime/src/settings.ts', 'infra/', copied, self]
  const strays = programs.filter((path) => !readers.some((reader) => path.startsWith(reader)))
  const readsIt = (line: string) =>
    /\bprocess\s*\.\s*env\b|\bprocess\[|\{[^}]*\benv\b[^}]*\} from 'node:process'/.test(line)
  expect(linesThat(strays, readsIt)).toEqual([])
})

test('time and chance come in as arguments where the work is pure', () => {
  const rooms = [
    'packages/model/',
    'services/normalizer/',
    'services/tagger/src/regions/',
    'services/tagger/src/topics/',
    'services/feeds/src/render/',
  ]
  const pure = sources.filter((path) => rooms.some((room) => path.startsWith(room)))
  const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandom(Bytes|UUID|Int)\b/
  expect(linesThat(pure, (line) => impure.test(line))).toEqual([])
})

test('no rule is silenced and nothing is left for later', () => {
  const silenced =
    /(biome|eslint|oxlint|prettier)-(ignore|disable)|@ts-(ignore|expect-error|nocheck)/
  const later = /\b(TODO|FIXME|XXX|HACK)\b/
  const watched = programs.filter((path) => !path.startsWith(self))
  expect(linesThat(watched, (line) => silenced.test(line) || later.test(line))).toEqual([])
})

test('tests wait for what they need, never for a time, and all of them run', () => {
  const idle = /\bsetTimeout\(|timers\/promises|\bsleep\(/
  const alone = /\b(test|it|describe)\.(only|todo)\b|\b(xit|xtest|fit|fdescribe)\(/
  /** A test that is tried until it passes has failed. */
  const again = /\bretry: ?\d/
  const watched = tests.filter((path) => !path.startsWith(self))
  const isLax = (line: string) => idle.test(line) || alone.test(line) || again.test(line)
  expect(linesThat(watched, isLax)).toEqual([])
})

test('nothing knows the machine that it was written on', () => {
  const machine = /(^|[\s'"`(=])\/(work|root|home|Users)\//
  const watched = texts.filter((path) => !path.startsWith(self))
  expect(linesThat(watched, (line) => machine.test(line))).toEqual([])
})

test('the lock file names no registry, so that any mirror will do', () => {
  const lock = ['package-lock.json', '.npmrc'].filter((path) => files.includes(path))
  expect(linesThat(lock, (line) => /"resolved": "\w+:|registry/.test(line))).toEqual([])
})

test('the lock file is whole for every system, so that `npm ci` works on each', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>
  }
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
    ),
  )
  expect(missing, 'a registry that lacks a package makes npm leave it out').toEqual([])
})
