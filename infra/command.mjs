import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { repository } from './binaries.mjs'
import { endWithNpm } from './npm.mjs'

/** Something that a person can mend: shown as it is, without a stack. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError'
}

/**
 * Runs a program to its end. With `show` its output goes to the terminal, else it is returned.
 * Who ends this process ends the program too, and this process when the program is gone.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ show?: boolean, folder?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<{ ok: boolean, code: number, output: string }>}
 */
export function command(program, args, { show = false, folder = repository, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    const forget = endTogether(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8')
      stream?.on('data', (part) => {
        output += part
      })
    }
    child.once('error', (cause) => {
      forget()
      reject(new SetupError(`${program} can't be run: ${cause.message}. Install it.`, { cause }))
    })
    child.once('close', (code) => {
      forget()
      resolve({ ok: code === 0, code: code ?? 1, output })
    })
  })
}

/** Those by which people and supervisors end a process. */
const endings = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void}
 */
function endTogether(child) {
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    child.once('close', () => process.kill(process.pid, signal))
    child.kill('SIGTERM')
  }
  for (const signal of endings) process.once(signal, onSignal)
  return () => {
    for (const signal of endings) process.off(signal, onSignal)
  }
}

/**
 * A tool of this repository.
 * @param {string} name
 */
export function tool(name) {
  return join(repository, 'node_modules', '.bin', name)
}

/** @param {string} sentence */
export function say(sentence) {
  process.stdout.write(`${sentence}\n`)
}

/**
 * Runs a script's main function; a SetupError is told in its own words.
 * @param {() => Promise<number | undefined | void>} main
 */
export async function main(main) {
  endWithNpm()
  try {
    process.exitCode = (await main()) || 0
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
