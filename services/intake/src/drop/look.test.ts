import { appendFile, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isSame, lookInto, statOf } from './look.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newswire-look-'))
})
afterEach(() => rm(folder, { recursive: true }))

const at = (name: string) => join(folder, name)
const moment = new Date('2026-05-04T10:00:00Z')

describe('two looks', () => {
  it('see the same where nothing happened', async () => {
    await writeFile(at('a.txt'), 'x')
    expect(isSame(await statOf(folder, 'a.txt'), await statOf(folder, 'a.txt'))).toBe(true)
    expect(isSame(undefined, await statOf(folder, 'a.txt'))).toBe(false)
  })

  it('see another size, another time and another file under the name', async () => {
    await writeFile(at('a.txt'), 'x')
    await utimes(at('a.txt'), moment, moment)
    const first = await statOf(folder, 'a.txt')
    await appendFile(at('a.txt'), 'y')
    await utimes(at('a.txt'), moment, moment)
    expect(isSame(first, await statOf(folder, 'a.txt'))).toBe(false)
    await writeFile(at('a.txt'), 'z')
    expect(isSame(first, await statOf(folder, 'a.txt'))).toBe(false)
    await writeFile(at('b.txt'), 'x')
    await utimes(at('b.txt'), moment, moment)
    await rename(at('b.txt'), at('a.txt'))
    expect(isSame(first, await statOf(folder, 'a.txt'))).toBe(false)
  })

  it('do not follow a symbolic link that took the place of a file', async () => {
    await writeFile(at('.target'), 'x')
    await symlink(at('.target'), at('a.txt'))
    expect(await statOf(folder, 'a.txt')).toBeUndefined()
    expect(await lookInto(folder, 10)).toEqual([])
  })
})
