import { Problem } from '@newswire/http'
import { rawContentTypes } from '@newswire/model'
import type { Accepted } from './accept.js'
import { noRelease } from './problems.js'

const expected =
  'Send a ninjs document: a JSON object with headline, body_text or uri; or a story of dpa digitalwires, of the presseportal API or of the PR Newswire API.'

type Fields = ReadonlyMap<string, unknown>

/**
 * JSON → the releases that it holds: ninjs documents, items of dpa digitalwires, releases of PR
 * Newswire's API, stories of the presseportal API; one alone, a list, or a list in its answer. Only
 * what tells these from any other JSON; the normalizer reads the rest.
 */
export function acceptJson(text: string): Accepted[] {
  const document = parsed(text)
  if (Array.isArray(document) && document.length > 0) return eachOf(document)
  if (!isObject(document)) throw notAnObject()
  const fields = fieldsOf(document)
  const type = typeOf(fields)
  if (type !== undefined) return [{ contentType: type, body: text }]
  if (fields.has('success')) return storiesOf(fields)
  const data = fields.get('data')
  if (isObject(data)) return eachOf([data])
  const listed = ['items', 'item'].map((name) => fields.get(name)).find(Array.isArray)
  if (listed?.some(isObject)) return eachOf(listed)
  throw noRelease(
    'not-ninjs',
    'The JSON is no release',
    `None of uri, headline, headlines, body_text, body_html and bodies has content. ${expected}`,
  )
}

/** The content type of the one release that the object is; undefined where it is none. */
function typeOf(fields: Fields): string | undefined {
  if (isDigitalwires(fields)) return rawContentTypes.digitalwires
  if (isStory(fields)) return rawContentTypes.presseportal
  if (fields.has('success')) return undefined
  if (isCision(fields)) return rawContentTypes.cision
  return isRelease(fields) ? rawContentTypes.ninjs : undefined
}

/** A list of releases, each by itself; where one of them is none, none is taken. */
function eachOf(list: readonly unknown[]): Accepted[] {
  return list.map((one, index) => {
    const type = isObject(one) ? typeOf(fieldsOf(one)) : undefined
    if (type !== undefined) return { contentType: type, body: JSON.stringify(one) }
    throw noRelease(
      'not-ninjs',
      'The JSON is no release',
      `Entry ${index + 1} of ${list.length} is no release. ${expected}`,
    )
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem(
      { status: 400, slug: 'broken-json', title: 'The body is not JSON', detail: expected },
      { cause: error },
    )
  }
}

/** ninjs 1.x has texts, from 2.x on lists of objects; `guid` is what Superdesk calls `uri`. */
function isRelease(fields: Fields): boolean {
  const texts = ['uri', 'guid', 'headline', 'body_text', 'body_html', 'body_xhtml']
  const lists = ['headlines', 'bodies']
  return (
    texts.some((name) => isText(fields.get(name))) || lists.some((name) => isList(fields.get(name)))
  )
}

/** By its own word, or by names that only dpa's JSON has. */
function isDigitalwires(fields: Fields): boolean {
  const format = fields.get('format')
  if (typeof format === 'string' && format.startsWith('digitalwires')) return true
  return isText(fields.get('urn')) && fields.has('article_html') && fields.has('pubstatus')
}

/** A release as PR Newswire's own API gives it, in `data`. */
function isCision(fields: Fields): boolean {
  return ['release_id', 'title', 'body'].every((name) => isText(fields.get(name)))
}

/** A story of the presseportal API: its issuer is a company or an office. */
function isStory(fields: Fields): boolean {
  return (
    ['id', 'url', 'title'].every((name) => isText(fields.get(name))) &&
    ['body', 'teaser'].some((name) => typeof fields.get(name) === 'string') &&
    ['company', 'office'].some((name) => isObject(fields.get(name)))
  )
}

/** An answer of the API as a whole: `{success, request, content: {story: […]}}`. */
function storiesOf(fields: Fields): Accepted[] {
  const error = fields.get('error')
  if (isObject(error)) {
    const message = fieldsOf(error).get('msg')
    throw noRelease(
      'api-error',
      'This is an error of the API',
      `The presseportal API answered with an error (${isText(message) ? String(message) : 'no message'}): there is no story in it.`,
    )
  }
  const content = fields.get('content')
  const story = isObject(content) ? fieldsOf(content).get('story') : undefined
  const stories: readonly unknown[] = Array.isArray(story) ? story : [story]
  const objects = stories.filter(isObject)
  if (objects.length === 0 || !objects.every((one) => isStory(fieldsOf(one)))) {
    throw noRelease(
      'no-story',
      'The answer holds no story',
      'Send a story with id, url, title, body or teaser, and company or office.',
    )
  }
  return objects.map((one) => ({
    contentType: rawContentTypes.presseportal,
    body: JSON.stringify(one),
  }))
}

function fieldsOf(object: object): Fields {
  return new Map<string, unknown>(Object.entries(object))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.some((entry) => typeof entry === 'object' && entry !== null)
}

function notAnObject(): Problem {
  return new Problem({
    status: 400,
    slug: 'not-an-object',
    title: 'The JSON is no object',
    detail: expected,
  })
}
