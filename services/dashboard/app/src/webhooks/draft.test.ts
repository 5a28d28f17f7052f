import { expect, test } from 'vitest'
import { everything } from '../filter/choice.js'
import { changeOf, draftOf, emptyDraft, wishOf, withHeader } from './draft.js'
import type { Webhook } from './shapes.js'

const webhook: Webhook = {
  ...{ id: 'wh_1', target: 'http', url: 'https://example.org/hook', filter: { lang: ['de'] } },
  ...{ events: ['item.published'], format: 'thin', name: 'Eins', description: null },
  ...{ headers: { authorization: '…' }, ratePerSecond: 5, concurrency: null },
  ...{ signature: 'hmac', publicKey: null, oldKeys: [], paused: false, status: 'active' },
  ...{ reason: null, disabled: null, createdAt: '2026-11-26T00:00:00Z' },
}

test('a registration says what was filled in, and nothing else', () => {
  const draft = { ...emptyDraft, url: ' https://example.org/hook ', name: '  ' }
  expect(Object.keys(wishOf(draft, everything))).toEqual([
    'url',
    'filter',
    'format',
    'events',
    'signature',
  ])
  expect(wishOf({ ...draft, ratePerSecond: '7' }, everything)).toMatchObject({
    url: 'https://example.org/hook',
    ratePerSecond: 7,
  })
})

test('a change keeps masked headers and clears what was emptied; the url only where it is new', () => {
  const draft = { ...draftOf(webhook), name: '', ratePerSecond: '' }
  const change = changeOf(draft, webhook.filter, webhook)
  expect(change).toEqual({
    ...{ format: 'thin', events: ['item.published'], name: null, description: null },
    ...{ ratePerSecond: null, concurrency: null, signature: 'hmac' },
    headers: { authorization: '…' },
  })
  expect(changeOf({ ...draft, url: 'https://example.org/b' }, everything, webhook)).toMatchObject({
    url: 'https://example.org/b',
    filter: {},
  })
})

test('each new header has a key of its own, and an empty one is not sent', () => {
  const draft = withHeader(withHeader(draftOf(webhook)))
  expect(draft.headers.map(({ key }) => key)).toEqual([0, 1, 2])
  expect(changeOf(draft, everything, webhook)['headers']).toEqual({ authorization: '…' })
})
