import { expect, it } from 'vitest'
import { findHouse } from './find-house.js'

const here = { find: () => ({ dataDir: '.newswire', url: 'http://127.0.0.1:8080', key: 'kept' }) }
const nobody = { find: () => ({ dataDir: '.newswire', key: 'kept' }) }

it('the house that runs here is asked with the key that is kept here', () => {
  expect(findHouse({}, here)).toEqual({ url: 'http://127.0.0.1:8080', key: 'kept' })
  expect(findHouse({ url: 'http://127.0.0.1:8080/' }, here).key).toBe('kept')
  expect(findHouse({ key: 'given' }, here).key).toBe('given')
})

it('nobody else is told the kept key', () => {
  for (const url of ['https://127.0.0.1:8080', 'http://127.0.0.1:8081', 'http://wire.example']) {
    expect(findHouse({ url }, here)).toEqual({ url, key: undefined })
  }
  expect(findHouse({ url: 'http://127.0.0.1:8080' }, nobody).key).toBeUndefined()
})

it('where there is no house, it says what to do', () => {
  expect(() => findHouse({}, nobody)).toThrow(/npm start/)
  expect(() => findHouse({ url: 'wire.example' }, here)).toThrow(/no address/)
})
