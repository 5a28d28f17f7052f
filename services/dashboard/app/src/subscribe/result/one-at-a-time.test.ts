import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.js'

/** Answers when it is told to. */
function scripted() {
  const asked: string[] = []
  const told: string[] = []
  let answer: (how: 'well' | 'badly') => void = () => undefined
  const question = oneAtATime<string, string>(
    (text) => {
      asked.push(text)
      return new Promise((resolve, reject) => {
        answer = (how) => (how === 'well' ? resolve(text) : reject(new Error(text)))
      })
    },
    (text, { status }) => told.push(`${text} ${status}`),
  )
  return { question, asked, told, answer: (how: 'well' | 'badly' = 'well') => answer(how) }
}

test('of the questions that come while one is asked, only the last is asked', async () => {
  const { question, asked, told, answer } = scripted()
  for (const text of ['a', 'b', 'c', 'd']) question(text)
  expect(asked).toEqual(['a'])
  answer()
  await expect.poll(() => asked).toEqual(['a', 'd'])
  expect(told).toEqual([])
  answer()
  await expect.poll(() => told).toEqual(['d fulfilled'])
})

test('a failure is told, and the next question is asked all the same', async () => {
  const { question, asked, told, answer } = scripted()
  question('a')
  answer('badly')
  await expect.poll(() => told).toEqual(['a rejected'])
  question('b')
  expect(asked).toEqual(['a', 'b'])
  answer()
  await expect.poll(() => told).toEqual(['a rejected', 'b fulfilled'])
})
