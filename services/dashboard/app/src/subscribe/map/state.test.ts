import { expect, test } from 'vitest'
import { stateOf } from './state.js'

test('a country is what it, its continent or a part of it is chosen as', () => {
  const state = stateOf({ region: ['142', 'DE-BY', 'FR', 'BR'], not: { region: ['CN', '005'] } })
  expect(['FR', 'JP', 'DE', 'CN', 'BR', 'US'].map(state)).toEqual([
    'chosen',
    'within',
    'partly',
    'out',
    'within-out',
    'free',
  ])
})
