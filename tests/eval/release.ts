import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Taggable } from '@newswire/tagger'

const file = join(import.meta.dirname, '../kit/fixtures/chongqing.txt')

/** The project's own sample release, as intake reads it: date line, headline, dateline, text. */
export function sampleRelease(): Taggable {
  const [, headline = '', dateline = '', ...text] = readFileSync(file, 'utf8').split('\n\n')
  return {
    headline: headline.trim(),
    language: 'de',
    dateline: { raw: dateline.trim(), places: [] },
    body: { text: text.join('\n\n').trim() },
    sourceCodes: [],
  }
}
