/** One event of a stream (HTML, section 9.2: server-sent events). */
export interface StreamEvent {
  readonly type: string
  readonly data: string
  /** Where the stream is to go on after a break; empty where none was given yet. */
  readonly lastEventId: string
}

/** An event that is larger is no one's headline. */
const eventCharsMax = 4_000_000

export class StreamFault extends Error {
  override readonly name = 'StreamFault'
}

export interface EventReader {
  /** Events that are whole with this part of the text. */
  take(part: string): StreamEvent[]
  /** Milliseconds that the server wants between connections, as far as it says. */
  retryMs(): number | undefined
}

/** Reads a stream as its parts come, wherever they are cut. */
export function createEventReader(lastEventId = ''): EventReader {
  let rest = ''
  let isFirst = true
  let id = lastEventId
  let type = ''
  let data: string[] = []
  let retry: number | undefined

  function field(name: string, value: string): void {
    if (name === 'event') type = value
    else if (name === 'data') data.push(value)
    else if (name === 'id' && !value.includes('\0')) id = value
    else if (name === 'retry' && /^\d{1,9}$/.test(value)) retry = Number(value)
  }

  function line(text: string): StreamEvent | undefined {
    if (text !== '') {
      const at = text.indexOf(':')
      if (at < 0) field(text, '')
      else if (at > 0) field(text.slice(0, at), text.slice(at + 1).replace(/^ /, ''))
      return undefined
    }
    const event = { type: type || 'message', data: data.join('\n'), lastEventId: id }
    const isEmpty = data.length === 0
    type = ''
    data = []
    return isEmpty ? undefined : event
  }

  return {
    retryMs: () => retry,
    take(part) {
      const text = rest + (isFirst ? part.replace(/^\ufeff/, '') : part)
      if (part !== '') isFirst = false
      // A CR at the end may be the first half of a CRLF.
      const lines = text.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      if (rest.length + data.reduce((sum, { length }) => sum + length, 0) > eventCharsMax) {
        throw new StreamFault(`An event has more than ${eventCharsMax} characters.`)
      }
      return lines.flatMap((each) => line(each) ?? [])
    },
  }
}
