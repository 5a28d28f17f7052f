import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@newswire/kit'
import { expect, test } from 'vitest'
import { prepareDataFolder } from './data-folder.js'

test('is made with all that leads to it, and stays the same', () => {
  const dataDir = join(temporaryFolder('folder'), 'srv', 'newswire')
  expect(prepareDataFolder(dataDir)).toEqual(prepareDataFolder(dataDir))
})

test('a file in its place, or on the way to it, is named', () => {
  const file = join(temporaryFolder('folder'), 'file')
  writeFileSync(file, '')
  for (const dataDir of [file, join(file, 'below')]) {
    expect(() => prepareDataFolder(dataDir)).toThrow(
      `The data folder ${dataDir} can't be used: it or a part of it is a file. Move the file away, or set DATA_DIR to a folder.`,
    )
  }
})

test('a place where no folder can be made is refused, and does not hang', () => {
  const place = process.platform === 'linux' ? '/proc/newswire' : '/dev/null/newswire'
  expect(() => prepareDataFolder(place)).toThrow(/can't be used: .* Set DATA_DIR|, or set DATA_DIR/)
})
