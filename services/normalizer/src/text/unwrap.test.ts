import { describe, expect, it } from 'vitest'
import { unwrap } from './unwrap.js'

function paragraphs(text: string): string[] {
  return unwrap(text.split('\n'), { standsAlone: (line) => /^(?:SOURCE|Photo)\b/.test(line) })
}

describe('unwrap', () => {
  it('joins the lines of a wrapped paragraph with one space, never with none', () => {
    const text = [
      'Acme Robotics opens a factory in the harbour of Example City, which will make ',
      'arms for the machines of others. The factory will give work to a hundred and ',
      'twenty people.',
    ].join('\n')
    expect(paragraphs(text)).toEqual([
      'Acme Robotics opens a factory in the harbour of Example City, which will make arms for the machines of others. The factory will give work to a hundred and twenty people.',
    ])
  })

  it('keeps the short lines of an address apart', () => {
    const text = `${'word '.repeat(15)}and so on it goes\nuntil here.\n\nContact\nAnna Beispiel\npress@example.com`
    expect(paragraphs(text).at(-1)).toBe('Contact\nAnna Beispiel\npress@example.com')
  })

  it('begins a paragraph at an indent and at a bullet, whose own lines hang under it', () => {
    const text = [
      'The first paragraph of this release is long enough to have been wrapped by hand',
      '    The second one begins with an indent and goes on over the end of this line ',
      'without one.',
      '    -- The first point is long enough to be wrapped, and its second line hangs',
      '       under its text',
      '    -- The second point',
    ].join('\n')
    expect(paragraphs(text)).toEqual([
      'The first paragraph of this release is long enough to have been wrapped by hand',
      'The second one begins with an indent and goes on over the end of this line without one.',
      '-- The first point is long enough to be wrapped, and its second line hangs under its text',
      '-- The second point',
    ])
  })

  it('does not take a dash that a wrap brought to the front for a bullet', () => {
    const text = [
      'The machines of Acme can be had in colours that nobody has asked for until today ',
      '- whether in the north or in the south - and they are delivered within two days.',
    ].join('\n')
    expect(paragraphs(text)).toHaveLength(1)
  })

  it('takes no date that a wrap brought to the front for a number of a list', () => {
    const text = [
      'The doors of Acme will be opened to all who want to come, as it seems, on the ',
      '24. of June, which is a Wednesday and a day on which nobody has to work at all.',
    ].join('\n')
    expect(paragraphs(text)).toHaveLength(1)
  })

  it('joins a word that a wrap broke at its hyphen, but not one half of two words', () => {
    const text = [
      'The doors of Acme are known by everyone as state-of-the-art, and they are well-',
      'known in the north, the south and the east as well as in all of the short- and ',
      'long-term plans of those who have to do with doors, with windows, or with long-',
      'und short-lived wood.',
    ].join('\n')
    expect(paragraphs(text)[0]).toMatch(/are well-known in .* short- and long-term .* long- und/)
  })

  it('leaves an address on a line of its own', () => {
    const text = `${'Some words that fill the line until it is as long as lines are '.repeat(1)}and on\nhttps://example.com/a\n${'x'.repeat(70)}`
    expect(paragraphs(text)[0]).toContain('\nhttps://example.com/a\n')
  })

  it('takes each long line for a paragraph where nothing is wrapped', () => {
    const long = 'A sentence that is longer than any line that a wire wraps. '.repeat(3).trim()
    expect(paragraphs(`Title\nPlace (ots)\n${long}\n${long}`)).toEqual([
      'Title\nPlace (ots)',
      long,
      long,
    ])
  })

  it('puts a line that stands alone into a paragraph of its own', () => {
    expect(paragraphs('One\nSOURCE Acme\nTwo')).toEqual(['One', 'SOURCE Acme', 'Two'])
  })
})
