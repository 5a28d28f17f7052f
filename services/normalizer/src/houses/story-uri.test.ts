import { expect, it } from 'vitest'
import { storyOf, wireOf } from './story-uri.js'

it.each([
  [
    'urn:newsml:businesswire.com:20010714:20260714005001:2',
    { wire: 'bw', wireId: '20260714005001' },
  ],
  ['businesswire.com:20010714:20260714005001', { wire: 'bw', wireId: '20260714005001' }],
  [
    'urn:newsml:marketwired.com:20020408:202607140000001-fr',
    { wire: 'gnw', wireId: '202607140000001-fr' },
  ],
  [
    'urn:newsml:dpa.com:20090101:partner:photo-20260714',
    { wire: 'dpa', wireId: 'partner:photo-20260714' },
  ],
  ['urn:newsml:dpa.com:20090101:260714-930-1', { wire: 'dpa', wireId: '260714-930-1' }],
  [
    'https://www.businesswire.com/news/home/20260714005001/en/',
    { wire: 'bw', wireId: '20260714005001' },
  ],
  ['https://www.presseportal.de/pm/100/5000001', { wire: 'na', wireId: '5000001' }],
  ['urn:newsml:agency.example:20260714:A1', { wire: 'agency-example', wireId: '20260714-A1' }],
  [
    'urn:newsml:agency.example:20260714T1205:topic:12',
    { wire: 'agency-example', wireId: '20260714T1205-topic:12' },
  ],
  [
    'urn:newsml:agency.example:20260714T101500+02:00:A1:2N',
    { wire: 'agency-example', wireId: '20260714T101500+02:00-A1' },
  ],
  ['https://www.dpa.com/a', { wire: 'dpa', wireId: 'a' }],
  ['tag:agency.example,2026-07-14:a1b2', { wire: 'agency-example', wireId: '2026-07-14-a1b2' }],
  ['http://www.agency.example/a/?utm_source=x', { wire: 'agency-example', wireId: 'a' }],
  ['urn:newsml:localhost:20260714:A1', { wireId: 'urn:newsml:localhost:20260714:A1' }],
  ['urn:uuid:1-2', { wireId: 'urn:uuid:1-2' }],
  ['A/B', { wireId: 'A/B' }],
])('%s names one story', (uri, story) => {
  expect(storyOf(uri)).toEqual(story)
})

it('knows a provider by its whole name', () => {
  expect(wireOf('www.dpa.com')).toBe('dpa')
  expect(wireOf('notdpa.com')).toBeUndefined()
})
