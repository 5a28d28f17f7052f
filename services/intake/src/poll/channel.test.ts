import { describe, expect, it } from 'vitest'
import { channelOf } from './channel.js'

const url = 'https://feeds.example.org/de/all.rss'
const minuteMs = 60_000
const rss = (channel: string, items = '') =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
  <title>All</title>${channel}${items}</channel></rss>`

describe('channelOf', () => {
  it('finds hub and self in Atom, in RSS and in HTML, with addresses made whole', () => {
    const links = (tag: string) =>
      `<${tag} rel="hub" href="https://hub.example.org/?a=1&amp;b=2"/><${tag} href='/all' rel='self'/>`
    const found = { hub: 'https://hub.example.org/?a=1&b=2', self: 'https://feeds.example.org/all' }
    expect(channelOf(rss(links('atom:link')), url)).toEqual(found)
    expect(channelOf(`<feed>${links('link')}<entry/></feed>`, url)).toEqual(found)
    expect(channelOf(`<html><head>${links('link')}</head></html>`, url)).toEqual(found)
  })

  it('believes the Link header first', () => {
    const header = '<https://a.example.org/>; rel="hub", <https://b.example.org/x>; rel=self'
    expect(
      channelOf(rss('<atom:link rel="hub" href="https://z.example.org/"/>'), url, header),
    ).toEqual({ hub: 'https://a.example.org/', self: 'https://b.example.org/x' })
  })

  it('takes no link of an entry, and no address that cannot be called', () => {
    const item = '<item><atom:link rel="hub" href="https://evil.example.org/"/></item>'
    expect(channelOf(rss('', item), url)).toEqual({})
    expect(channelOf(rss('<atom:link rel="hub" href="javascript:x"/>'), url)).toEqual({})
  })

  it.each([
    ['<ttl>6</ttl>', 6],
    ['<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>', 15],
    ['<sy:updatePeriod> daily </sy:updatePeriod>', 1_440],
    ['<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>', 60],
  ])('reads how long %s may be kept', (channel, minutes) => {
    expect(channelOf(rss(channel), url).ttlMs).toBe(minutes * minuteMs)
  })

  it.each(['<ttl>soon</ttl>', '<ttl>0</ttl>', '<sy:updatePeriod>never</sy:updatePeriod>'])(
    'reads nothing from %s',
    (channel) => expect(channelOf(rss(channel), url)).toEqual({}),
  )

  it('reads hostile text in no time', () => {
    const started = performance.now()
    channelOf(`<link ${'rel="'.repeat(100_000)}`, url, '<'.repeat(100_000))
    channelOf('<link '.repeat(100_000), url, `<a>;${' '.repeat(100_000)}`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})
