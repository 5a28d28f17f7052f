import { webhookFormats } from '@newswire/model'
import { taggedItem } from '@newswire/model/testing'
import { describe, expect, it } from 'vitest'
import { renderItem } from './formats.js'

const happened = new Date('2026-11-26T09:00:00.000Z')
const publicUrl = 'https://news.example.org'
const item = taggedItem({ id: 'na-1', headline: 'Geheimes Werk', version: 2 })

function bodyOf(
  format: (typeof webhookFormats)[number],
  { url, id = 'msg_1', of = item }: { url?: string; id?: string; of?: typeof item } = {},
) {
  const told = { type: 'item.updated', item: of, happened } as const
  return JSON.parse(renderItem(format, told, url).textFor(id)) as Record<string, unknown>
}

describe('newswire', () => {
  it('is ninjs in the Standard Webhooks envelope', () => {
    expect(Object.keys(bodyOf('newswire'))).toEqual(['type', 'timestamp', 'data'])
    expect(bodyOf('newswire')).toMatchObject({
      type: 'item.updated',
      timestamp: '2026-11-26T09:00:00.000Z',
      data: { uri: 'urn:newswire:na-1', _newswire: { headline: 'Geheimes Werk' } },
    })
  })
})

describe('cloudevents', () => {
  it('has the attributes of CloudEvents 1.0.2, and ninjs as its data', () => {
    const { data, ...attributes } = bodyOf('cloudevents', { url: publicUrl })
    expect(attributes).toEqual({
      id: 'msg_1',
      specversion: '1.0',
      source: 'https://news.example.org',
      type: 'item.updated',
      subject: 'na-1',
      time: '2026-11-26T09:00:00.000Z',
      datacontenttype: 'application/json',
    })
    expect(data).toEqual(bodyOf('newswire')['data'])
    expect(bodyOf('cloudevents')['source']).toBe('urn:newswire')
  })

  it('is written once for all receivers, each of which finds its own id', () => {
    const told = { type: 'item.published', item, happened } as const
    const { textFor, contentType } = renderItem('cloudevents', told, publicUrl)
    expect(contentType).toBe('application/cloudevents+json')
    const [one, two] = [textFor('msg_"1'), textFor('msg_2')].map((text) => JSON.parse(text))
    expect([one.id, two.id]).toEqual(['msg_"1', 'msg_2'])
    expect({ ...one, id: '' }).toEqual({ ...two, id: '' })
  })
})

describe('thin', () => {
  it('names the item and its version, and has no word of it', () => {
    const { data } = bodyOf('thin', { url: publicUrl })
    expect(data).toEqual({
      id: 'na-1',
      uri: 'urn:newswire:na-1',
      version: 2,
      revision: '2.1',
      status: 'usable',
      link: 'https://news.example.org/api/v1/items/na-1',
    })
    expect(bodyOf('thin')['data']).toMatchObject({ link: '/api/v1/items/na-1' })
  })
})

it.each(webhookFormats)('%s has no text of what was withdrawn', (format) => {
  const canceled = taggedItem({ ...item, status: 'canceled', change: 'withdrawal' })
  expect(canceled.body.text).not.toBe('')
  expect(JSON.stringify(bodyOf(format, { of: canceled }))).not.toContain(canceled.body.text)
})
