import { expect, it } from 'vitest'
import { readFilter } from './filter.js'

it.each([
  [['region=CN,JP', 'lang=de'], 'region=CN%2CJP&lang=de'],
  [['region=CN&not.lang=de'], 'region=CN&not.lang=de'],
  [['?q=%22belt+and+road%22&lang=en'], 'q=%22belt+and+road%22&lang=en'],
  [['q="a+b = c"'], 'q=%22a%2Bb+%3D+c%22'],
])('%j is a filter', (parts, query) => {
  expect(readFilter(parts).toString()).toBe(query)
})

it.each([['colour=red'], ['china'], ['not.=x']])('%s is none, and it says what is', (part) => {
  expect(() => readFilter([part])).toThrow(/region, topic, lang/)
})
