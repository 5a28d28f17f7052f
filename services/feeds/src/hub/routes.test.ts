import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HubHouse, publicUrl, startHubHouse } from './fixtures/hub-house.js'

let house: HubHouse

beforeAll(async () => {
  house = await startHubHouse({ subscriptionsMax: 0 })
})
afterAll(() => house[Symbol.asyncDispose]())

const good = {
  'hub.mode': 'subscribe',
  'hub.topic': `${publicUrl}/feeds/atom`,
  'hub.callback': 'http://127.0.0.1:9/callback',
}

describe('POST /hub', () => {
  it.each([
    [{ 'hub.mode': '' }, /^hub\.mode is missing/],
    [{ 'hub.mode': 'denied' }, /^hub\.mode is not known/],
    [{ 'hub.topic': '' }, /^hub\.topic is missing/],
    [{ 'hub.topic': 'feeds/atom' }, /^Give the whole address of a feed below https:/],
    [{ 'hub.topic': 'https://other.example/x' }, /^This hub serves the feeds below https:/],
    [{ 'hub.topic': `${publicUrl}/feeds/xml` }, /^Use one of: rss, atom, json, ninjs/],
    [{ 'hub.topic': `${publicUrl}/feeds/rss?region=Germany` }, /is no region\. Perhaps/],
    [{ 'hub.topic': `${publicUrl}/feeds/rss?token=nwf_1` }, /is private and is not pushed/],
    [
      { 'hub.topic': 'http://wire.example.org/feeds/rss?region=cn' },
      /Subscribe to https:\/\/wire\.example\.org\/feeds\/rss\?region=CN\.$/,
    ],
    [{ 'hub.callback': '' }, /^hub\.callback is missing/],
    [{ 'hub.callback': '/callback' }, /^hub\.callback is no address/],
    [{ 'hub.callback': 'ftp://host.example/' }, /^hub\.callback is no address/],
    [{ 'hub.callback': `http://127.0.0.1/${'x'.repeat(2_048)}` }, /more than 2048 characters/],
    [{ 'hub.callback': 'http://10.0.0.1/callback' }, /^hub\.callback cannot be called\. /],
    [{ 'hub.callback': 'http://[::1]/callback' }, /^hub\.callback cannot be called\. /],
    [{ 'hub.lease_seconds': 'ten' }, /^hub\.lease_seconds is no number/],
    [{ 'hub.lease_seconds': '-1' }, /^hub\.lease_seconds is no number/],
    [{ 'hub.secret': 'ü'.repeat(100) }, /^hub\.secret is too long\. Give at most 199 bytes/],
  ])('with %j is refused by a sentence in plain text', async (own, sentence) => {
    const payload = new URLSearchParams({ ...good, ...own }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await house.server.inject({ method: 'POST', url: '/hub', headers, payload })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(answer.body).toMatch(sentence)
  })

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', undefined])(
    'of the type %s is 415',
    async (type) => {
      const headers = type === undefined ? {} : { 'content-type': type }
      const payload = type === undefined ? '' : '{}'
      const answer = await house.server.inject({ method: 'POST', url: '/hub', headers, payload })
      expect(answer.statusCode).toBe(415)
      expect(answer.body).toMatch(/^Send a form: content-type application\/x-www-form-urlencoded/)
    },
  )

  it('that is larger than any form is 413', async () => {
    const { status } = await house.post({ ...good, x: 'x'.repeat(20_000) })
    expect(status).toBe(413)
  })

  it('with a parameter twice is refused where the two differ', async () => {
    const twice = new URLSearchParams(good)
    twice.append('hub.topic', `${publicUrl}/feeds/rss`)
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    const request = { method: 'POST', url: '/hub', headers, payload: twice.toString() } as const
    expect((await house.server.inject(request)).body).toMatch(/^hub\.topic is given twice/)
  })

  it('that says that a feed of ours has news is thanked for', async () => {
    const topic = `${publicUrl}/feeds/atom`
    const says = (own: Record<string, string>) => house.post({ 'hub.mode': 'publish', ...own })
    expect((await says({ 'hub.topic': topic })).status).toBe(202)
    expect((await says({ 'hub.url': topic })).status).toBe(202)
    expect((await says({ 'hub.url': 'https://other.example/' })).status).toBe(400)
    expect((await says({})).status).toBe(400)
  })

  it('is 503 where the hub is full', async () => {
    const { status, text } = await house.post(good)
    expect(status).toBe(503)
    expect(text).toMatch(/takes no more subscriptions/)
  })

  it('is in the API description', async () => {
    const { paths } = (await house.server.inject('/api/openapi.json')).json()
    expect(Object.keys(paths['/hub'])).toEqual(['post'])
  })
})
