import { spawn } from 'node:child_process'

/**
 * Runs a program that cannot outlive this process, however this process ends.
 *
 * The shell becomes the program (`exec`), so its pid, its signals and its exit status are the
 * program's. Before that it leaves a watcher behind which reads from a pipe that only this process
 * holds open: the end of the pipe is the end of the program, first asked, a second later forced.
 * A line on the pipe sends the watcher home without harm.
 *
 * The program gets its own process group: Ctrl-C in a terminal reaches us, and we decide when it
 * ends.
 */
const guardian = `
( trap '' HUP INT TERM
  read -r _ <&3 || { kill -TERM $$; sleep 1; kill -KILL $$; } ) >/dev/null 2>&1 &
exec "$@" 3<&-
`

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('./index.d.mts').GuardedOptions} options
 * @returns {import('./index.d.mts').Guarded}
 */
export function spawnGuarded(program, args, { folder, output, env }) {
  const child = spawn('/bin/sh', ['-c', guardian, 'newswire', program, ...args], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', output, output, 'pipe'],
    ...(env ? { env } : {}),
  })
  const leash = /** @type {import('node:net').Socket} */ (child.stdio[3])
  // The watcher may be gone before the line reaches it.
  leash.on('error', () => {})

  /** @type {Promise<import('./index.d.mts').Exit>} */
  const exited = new Promise((resolve) => {
    child.once('error', (cause) => resolve({ code: null, signal: null, cause }))
    child.once('exit', (code, signal) => {
      leash.end('\n')
      resolve({ code, signal })
    })
  })

  // Neither the program nor its leash keeps this process from ending.
  child.unref()
  leash.unref()
  return {
    pid: child.pid ?? 0,
    exited,
    output: [child.stdout, child.stderr].filter((stream) => stream !== null),
    signal: (name) => child.kill(name),
  }
}
