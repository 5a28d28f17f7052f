import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@newswire/kit'
import { expect, test } from 'vitest'
import { explain } from './data-folder.js'
import { holderOf, lockFolder } from './lock.js'
import { commandOf, identityOf } from './process-identity.js'

const write = (folder: string, lock: unknown) =>
  writeFileSync(join(folder, 'lock'), typeof lock === 'string' ? lock : JSON.stringify(lock))

test('a lock is held by one, and free again when released', () => {
  const folder = temporaryFolder('lock')
  const lock = lockFolder(folder)
  expect(holderOf(folder)).toBe(process.pid)
  expect(() => lockFolder(folder)).toThrow(`already running here (pid ${process.pid})`)
  lock.release()
  expect(holderOf(folder)).toBeUndefined()
  lockFolder(folder).release()
  expect(readdirSync(folder)).toEqual([])
})

test('the lock of a process that is gone is taken over', () => {
  const folder = temporaryFolder('lock')
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  write(folder, { pid, identity: 'boot/1' })
  lockFolder(folder)
  expect(holderOf(folder)).toBe(process.pid)
})

test('a new process with the pid of the old holder does not keep the lock alive', () => {
  const folder = temporaryFolder('lock')
  write(folder, { pid: process.pid, identity: 'an earlier boot/1' })
  lockFolder(folder)
  expect(holderOf(folder)).toBe(process.pid)
})

test('a release takes away only its own lock', () => {
  const folder = temporaryFolder('lock')
  const lock = lockFolder(folder)
  write(folder, { pid: 1, identity: identityOf(1) })
  lock.release()
  expect(existsSync(join(folder, 'lock'))).toBe(true)
})

test('a damaged lock is not guessed at', () => {
  const folder = temporaryFolder('lock')
  write(folder, '{"pid":')
  expect(() => lockFolder(folder)).toThrow('lock is damaged. Make sure that Newswire does not run')
})

test('what the disk refuses is explained with what to do', () => {
  const refused = (code: string) => explain('/data', Object.assign(new Error(code), { code }))
  expect(refused('EACCES')).toContain('this user may not write there. Give it the right, or set')
  expect(refused('ENOSPC')).toContain('the disk is full. Make room')
  expect(refused('EWHAT')).toContain('EWHAT. Set DATA_DIR to another folder.')
})

test.skipIf(spawnSync('ps', ['-p', '1']).error)(
  'where the system has no /proc, ps tells one process from another',
  () => {
    const elsewhere = temporaryFolder('no-proc')
    expect(identityOf(process.pid, elsewhere)).toMatch(/\d\d:\d\d:\d\d \d{4}$/)
    expect(identityOf(process.pid, elsewhere)).toBe(identityOf(process.pid, elsewhere))
    expect(commandOf(process.pid, elsewhere)).toContain('node')
    expect(identityOf(2 ** 22 + 1, elsewhere)).toBeUndefined()
  },
)
