import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Where Linux shows its processes; elsewhere `ps` is asked. */
const processFolder = '/proc'

/**
 * Tells this process from any other that ever had or will have its pid: boot and start time.
 * `undefined` if there is none, or only a zombie of it.
 */
export function identityOf(pid: number, folder = processFolder): string | undefined {
  const boot = read(join(folder, 'sys/kernel/random/boot_id'))
  if (boot === undefined) return identityFromPs(pid)
  // The program's name stands in parentheses and may hold anything, further ones included.
  const stat = read(join(folder, String(pid), 'stat'))?.replace(/^.*\)\s*/s, '')
  const [state, ...fields] = stat?.split(' ') ?? []
  // proc(5): the start time is field 22; the state is field 3.
  return state === undefined || isDead(state) ? undefined : `${boot.trim()}/${fields[18]}`
}

function identityFromPs(pid: number): string | undefined {
  const [state, ...started] = ps(pid, 'stat=,lstart=').split(/\s+/)
  return !state || isDead(state) ? undefined : started.join(' ')
}

/** Its program and arguments, as far as it lets them be seen. */
export function commandOf(pid: number, folder = processFolder): string {
  return read(join(folder, String(pid), 'cmdline'))?.replaceAll('\0', ' ') ?? ps(pid, 'args=')
}

/** The folder that it works in; `undefined` where the system does not say. */
export function workingFolderOf(pid: number, folder = processFolder): string | undefined {
  try {
    return readlinkSync(join(folder, String(pid), 'cwd'))
  } catch {
    return undefined
  }
}

const isDead = (state: string) => /^[ZX]/.test(state)

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** `ps` exits with 1 where there is no such process. */
function ps(pid: number, format: string): string {
  try {
    const args = ['-p', String(pid), '-o', format]
    return execFileSync('ps', args, { encoding: 'utf8', env: { LC_ALL: 'C' } }).trim()
  } catch {
    return ''
  }
}
