import { rawContentTypes } from '@newswire/model'
import { expect, it } from 'vitest'
import { readDocument } from '../fixtures/documents.js'

const read = (fields: Record<string, unknown>) =>
  readDocument(JSON.stringify(fields), rawContentTypes.cision)

const release = {
  release_id: '20260714NY00001',
  title: 'Acme Opens a &amp; b',
  sub_title: ['It is blue'],
  body: '\n<p><span class="xn-location">SPRINGFIELD, Ill.</span>, <span class="xn-chron">July 14, 2026</span> /PRNewswire/ -- Acme Inc. (NYSE: ACM) opened a factory.</p>',
  company: ['Acme Inc.'],
  source_company: 'Acme Inc.',
  date: '20260714T090000+0000',
  language: 'en-US',
  industry: ['OIL'],
  subject: ['NAT'],
  geography: ['USA'],
  ticker: ['NYSE:ACM'],
  multimedia: [{ url: 'https://mma.example/1.jpg', caption: 'Logo (PRNewsfoto/Acme)', seq: '1' }],
}

it('reads a release by its fields', () => {
  expect(read(release)).toMatchObject({
    id: 'prn-20260714NY00001',
    wire: 'prn',
    status: 'usable',
    headline: 'Acme Opens a & b',
    subheadline: 'It is blue',
    issuer: { name: 'Acme Inc.' },
    credit: 'Originally distributed by PR Newswire on behalf of Acme Inc.',
    language: 'en',
    published: '2026-07-14T09:00:00.000Z',
    dateline: { places: ['SPRINGFIELD', 'Ill.'], date: '2026-07-14', wire: 'PRNewswire' },
    body: { complete: true },
    tickers: ['NYSE:ACM'],
    media: [{ url: 'https://mma.example/1.jpg', caption: 'Logo (PRNewsfoto/Acme)' }],
    sourceCodes: [
      { scheme: 'prn:industry', code: 'OIL' },
      { scheme: 'prn:subject', code: 'NAT' },
      { scheme: 'prn:geography', code: 'USA' },
    ],
  })
})

it('is a correction where its title says so, and has no issuer where nobody is named', () => {
  const { company: _, source_company: __, ...unnamed } = release
  const title = '/C O R R E C T I O N -- Acme Inc./'
  expect(read({ ...unnamed, title })).toMatchObject({ isCorrection: true, flags: ['no-issuer'] })
})
