import { Problem } from '@newswire/http'
import { describe, expect, it } from 'vitest'
import { accept } from './accept.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const statusOf = (text: string, type: string) => {
  try {
    accept(bytes(text), type)
    return 202
  } catch (error) {
    return error instanceof Problem ? error.shape.status : error
  }
}

describe('accept', () => {
  it('honours the charset of a text', () => {
    const latin = Uint8Array.from([0x4b, 0xf6, 0x6c, 0x6e])
    expect(accept(latin, 'text/plain; charset=iso-8859-1').body).toBe('Köln')
    expect(accept(latin, 'text/plain').body).toBe('Köln')
    expect(accept(bytes('Köln'), 'Text/Plain;charset=UTF-8').body).toBe('Köln')
  })

  it.each([
    ['a 1.x document', '{"headline":"x"}'],
    ['a 3.x document', '{"headlines":[{"value":"x"}]}'],
    ['a withdrawal', '{"uri":"urn:x","pubStatus":"canceled"}'],
    ["Superdesk's guid", '{"guid":"urn:x"}'],
  ])('takes %s', (_name, text) => {
    expect(statusOf(text, 'application/json')).toBe(202)
  })

  it.each([
    ['broken JSON', '{"headline":', 'application/json', 400],
    ['a list', '[{"headline":"x"}]', 'application/json', 400],
    ['a string', '"x"', 'application/json', 400],
    ['an object of another kind', '{"hello":"world"}', 'application/json', 422],
    ['a headline that is no text', '{"headline":7}', 'application/json', 422],
    ['an empty text', ' \n', 'text/plain', 422],
    ['an empty document', '', 'application/json', 422],
    ['XML', '<newsItem/>', 'application/xml', 415],
    ['an unknown type', 'x', 'application/x-unknown', 415],
    ['no type', 'x', '', 415],
    ['a text over the limit', 'x'.repeat(1_048_577), 'text/plain', 413],
  ])('refuses %s', (_name, text, type, status) => {
    expect(statusOf(text, type)).toBe(status)
  })

  it('says which types it takes', () => {
    expect(() => accept(bytes('<x/>'), 'application/xml')).toThrow(/text\/plain, application\/json/)
  })
})
