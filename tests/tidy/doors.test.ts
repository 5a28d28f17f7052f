import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { files, importsOf, manifestOf, programs, read, sources, workspaces } from './tree.js'

/** Third-party libraries and the one room that may name each; the rest see its interface only. */
const owners: Readonly<Record<string, readonly string[]>> = {
  nats: ['packages/bus'],
  bullmq: ['packages/jobs'],
  ioredis: ['packages/store'],
  fastify: ['packages/http'],
  undici: ['packages/http'],
  // The kit's quiet log is pino itself, and may not import the runtime that uses the kit.
  pino: ['packages/runtime', 'tests/kit'],
  'prom-client': ['packages/runtime'],
  'rss-parser': ['services/intake'],
  feed: ['services/feeds'],
  'playwright-core': ['tests/kit'],
  'axe-core': ['tests/kit'],
}

const roomOf = (path: string) => workspaces.find((room) => path.startsWith(`${room}/`))
const libraryOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')

test('each library has one owner', () => {
  const declared = workspaces.flatMap((room) =>
    Object.keys(manifestOf(room).dependencies ?? {})
      .filter((library) => owners[library]?.includes(room) === false)
      .map((library) => `${room}/package.json declares ${library}`),
  )
  const imported = sources.flatMap((path) =>
    importsOf(path)
      .filter((name) => owners[libraryOf(name)]?.includes(roomOf(path) ?? '') === false)
      .map((name) => `${path} imports ${name}`),
  )
  expect([...declared, ...imported]).toEqual([])
})

test('nobody reaches past a door', () => {
  const doors = new Set(
    workspaces.flatMap((room) => {
      const { name, exports = {} } = manifestOf(room)
      return Object.keys(exports).map((door) => posix.join(name, door))
    }),
  )
  const past = programs.flatMap((path) =>
    importsOf(path)
      .filter((name) => name.startsWith('@newswire/') && !doors.has(name))
      .map((name) => `${path} imports ${name}`),
  )
  expect(past).toEqual([])
})

test('no path leads out of a room', () => {
  const inside = programs.filter((path) => roomOf(path) !== undefined)
  const outside = programs.filter((path) => roomOf(path) === undefined)
  const targets = (path: string) =>
    importsOf(path)
      .filter((name) => name.startsWith('.'))
      .map((name) => ({ path, target: posix.join(posix.dirname(path), name) }))
  const strays = [...inside, ...outside]
    .flatMap(targets)
    .filter(({ path, target }) => roomOf(path) !== roomOf(target))
    .map(({ path, target }) => `${path} imports ${target}`)
  expect(strays).toEqual([])
})

test('what only a test may use is used by tests only', () => {
  const forTests = /^@newswire\/(kit(\/.*)?|.*\/testing)$/
  const isForTests = (path: string) =>
    /\.test\.ts$|\/fixtures\/|\/testing(\.ts|\/)|^tests\//.test(path)
  const strays = sources.flatMap((path) =>
    isForTests(path)
      ? []
      : importsOf(path)
          .filter((name) => forTests.test(name))
          .map(() => path),
  )
  expect(strays).toEqual([])
})

test('the build takes each room after the rooms that it uses', () => {
  const paths = new Map(workspaces.map((room) => [manifestOf(room).name, room]))
  const built = workspaces.filter((room) => files.includes(`${room}/tsconfig.json`))
  const missing = built.flatMap((room) => {
    const { references = [] } = JSON.parse(read(`${room}/tsconfig.json`)) as {
      references?: { path: string }[]
    }
    const known = references.map(({ path }) => posix.join(room, path))
    return Object.keys(manifestOf(room).dependencies ?? {})
      .map((name) => paths.get(name))
      .filter((used) => used !== undefined && built.includes(used) && !known.includes(used))
      .map((used) => `${room}/tsconfig.json has no reference to ${used}`)
  })
  expect(missing).toEqual([])
})
