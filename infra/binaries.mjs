import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** @typedef {'nats-server' | 'redis-server'} Binary */

/** @type {readonly Binary[]} */
export const serverBinaries = ['nats-server', 'redis-server']

/** Debian keeps nats-server in /usr/sbin, which is on no ordinary user's PATH. */
const usualFolders = [
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/bin',
  '/usr/sbin',
  '/opt/homebrew/bin',
]

export const repository = resolve(import.meta.dirname, '..')

/** DATA_DIR, or `.newswire` in the repository. A relative one is relative to the repository. */
export function dataFolder(env = process.env) {
  return resolve(repository, env['DATA_DIR'] || '.newswire')
}

/**
 * Where a server's program lies: on the PATH, in the usual folders, or where `fetch-servers.mjs`
 * puts it (DATA_DIR/bin, .newswire/bin). `undefined` if nowhere.
 * @param {Binary} name
 * @param {{ dataDir?: string, path?: string, folders?: readonly string[] }} [where]
 * @returns {string | undefined}
 */
export function findBinary(name, where = {}) {
  const path = (where.path ?? process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const fetched = [where.dataDir ?? dataFolder(), join(repository, '.newswire')]
  const folders = [
    ...path,
    ...(where.folders ?? usualFolders),
    ...fetched.map((folder) => join(folder, 'bin')),
  ]
  return folders.map((folder) => join(folder, name)).find(isProgram)
}

/**
 * Every place where a program lies that tests read feeds with: where `fetch-readers.mjs` puts it
 * (DATA_DIR/readers/bin), the usual folders, the PATH.
 * @param {string} name
 * @returns {string[]}
 */
export function findPrograms(name) {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const folders = new Set([join(dataFolder(), 'readers/bin'), ...usualFolders, ...path])
  return [...folders].map((folder) => join(folder, name)).filter(isProgram)
}

/** As the packages of Debian, its kin and Google call it. */
const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * The Chromium that tests look at pages with: CHROMIUM_PATH, else one of the PATH or the usual
 * folders, else the one that `fetch-chromium.mjs` has unpacked (DATA_DIR/browser/bin).
 * @param {{ env?: NodeJS.ProcessEnv, dataDir?: string, folders?: readonly string[] }} [where]
 * @returns {string | undefined} undefined if nowhere
 */
export function findChromium({ env = process.env, dataDir = dataFolder(), folders } = {}) {
  const given = env['CHROMIUM_PATH']
  if (given) return isProgram(given) ? given : undefined
  const path = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const fetched = [dataDir, join(repository, '.newswire')].map((one) => join(one, 'browser/bin'))
  const places = [...path, ...(folders ?? usualFolders), ...fetched]
  return places.flatMap((place) => chromiumNames.map((name) => join(place, name))).find(isProgram)
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/**
 * What a program needs from the environment to run at all, without any setting of Newswire. The
 * folder of fetched servers is on the PATH, since the program may have a DATA_DIR of its own.
 * @returns {Record<string, string>}
 */
export function bareEnvironment() {
  const { PATH = '', HOME = '/', LANG = 'C.UTF-8', TZ = 'UTC' } = process.env
  return { PATH: [PATH, join(dataFolder(), 'bin')].join(delimiter), HOME, LANG, TZ }
}
