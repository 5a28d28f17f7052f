import { rawContentTypes, shortHash } from '@newswire/model'
import type { Piece } from '../poll/piece.js'
import { SourceAnswerError } from '../poll/source-answer.js'

/**
 * One page of the presseportal API (`/api/article/…`, `format=json`): its stories in their order.
 * All numbers are strings, and an empty list may be `""`. Throws SourceAnswerError where the answer
 * is an error of the API, or none of its answers.
 */
export function readPage(text: string): { stories: readonly Piece[]; nameless: number } {
  const answer = objectOf(parsed(text))
  if (Object.keys(answer).length === 0) {
    throw new SourceAnswerError('The API answers {}: look at the path and the key of this source.')
  }
  if (String(answer['success']) !== '1') throw refusal(objectOf(answer['error']))
  const list = storiesIn(objectOf(answer['content'])['story'])
  const stories = list.flatMap((story) => pieceOf(story) ?? [])
  return { stories, nameless: list.length - stories.length }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const what = /^\s*</.test(text) ? 'a web page' : 'no JSON'
    throw new SourceAnswerError(`The API answers with ${what} where JSON was expected.`, {
      cause: error,
    })
  }
}

function refusal({ code, msg }: Readonly<Record<string, unknown>>): SourceAnswerError {
  const said = textOf(msg) ?? 'without a reason'
  const named = textOf(code) === undefined ? '' : ` with code ${textOf(code)}`
  return new SourceAnswerError(`The API refuses us${named}: ${said}. ${adviceOn(textOf(code))}`)
}

function adviceOn(code: string | undefined): string {
  // 101 is the only code that is known: "authentification failed".
  return code === '101'
    ? 'Give this source a key that is valid.'
    : 'Look at the path and the key of this source.'
}

function storiesIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? [value] : []
}

function pieceOf(value: unknown): Piece | undefined {
  const story = objectOf(value)
  const id = textOf(story['id'])
  if (id === undefined) return undefined
  const body = JSON.stringify(story)
  return {
    key: shortHash('story', id),
    contentHash: shortHash(body),
    contentType: rawContentTypes.presseportal,
    body: () => body,
    date: Date.parse(textOf(story['published']) ?? ''),
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? Object.fromEntries(Object.entries(value)) : {}
}

function textOf(value: unknown): string | undefined {
  const isText = (typeof value === 'string' && value.trim() !== '') || typeof value === 'number'
  return isText ? String(value).trim() : undefined
}
