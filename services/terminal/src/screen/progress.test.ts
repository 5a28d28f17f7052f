import { expect, it } from 'vitest'
import { createScreen } from './screen.js'

function screenOf(isTTY: boolean) {
  const written: string[] = []
  const stream = { isTTY, columns: 80, write: (text: string) => void written.push(text) }
  return { screen: createScreen({ stdout: stream, stderr: stream, colour: false }), written }
}

it('a bar says how far it is, gives way to a line, comes again under it, and leaves nothing', () => {
  const { screen, written } = screenOf(true)
  const bar = screen.progress('Taking in')
  bar.at(1, 4)
  expect(written.join('')).toBe('\r\u001b[2KTaking in  ██████░░░░░░░░░░░░░░░░░░  1 of 4  25 %')
  written.length = 0
  screen.line('release.txt')
  expect(written[0]).toBe('\r\u001b[2K')
  expect(written[1]).toBe('release.txt\n')
  expect(written[2]).toContain('1 of 4')
  screen.close()
  expect(written.at(-1)).toBe('\r\u001b[2K')
  written.length = 0
  bar.at(4, 4)
  screen.line('end')
  expect(written).toEqual(['end\n'])
})

it('there is no bar where there is no terminal', () => {
  const { screen, written } = screenOf(false)
  screen.progress('Taking in').at(1, 1)
  screen.close()
  expect(written).toEqual([])
})
