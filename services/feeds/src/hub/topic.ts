import { Problem } from '@newswire/http'
import { type FeedAddress, readFeedAddress } from '../address.js'

/** Reads a topic's address: any spelling of one of our feeds. Throws a Problem with a sentence. */
export function readTopic(text: string, publicUrl: string): FeedAddress {
  const below = `${publicUrl}/feeds/`
  if (!URL.canParse(text)) throw unknownTopic(`Give the whole address of a feed below ${below}.`)
  const url = new URL(text)
  const home = new URL(below)
  if (url.searchParams.has('token')) {
    throw unknownTopic(
      'A feed with a token in its address is private and is not pushed. Poll it, or give the address without the token.',
    )
  }
  if (!url.pathname.startsWith(home.pathname)) {
    throw unknownTopic(`This hub serves the feeds below ${below}, such as ${below}atom.`)
  }
  const address = readFeedAddress(url.pathname.slice(home.pathname.length), url.searchParams)
  if (address.archive !== undefined) {
    throw unknownTopic('An archive is closed and is not pushed. Give the address without archive=.')
  }
  if (url.origin === home.origin) return address
  throw unknownTopic(
    `This hub does not serve ${url.origin}. Subscribe to ${publicUrl}${address.path}.`,
  )
}

/** The feed behind a path that a subscription was made with, whatever codes there are today. */
export function addressOf(path: string): FeedAddress {
  const url = new URL(path, 'http://feeds.invalid')
  return readFeedAddress(url.pathname.slice('/feeds/'.length), url.searchParams, 'any-codes')
}

function unknownTopic(detail: string): Problem {
  return new Problem({
    status: 400,
    slug: 'unknown-topic',
    title: 'There is no such topic',
    detail,
  })
}
