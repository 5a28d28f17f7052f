import type { Language } from './words.js'

/** What is said around a release. */
export interface ItemWords {
  readonly why: string
  readonly whySay: string
  readonly because: (tag: string) => string
  readonly fields: Readonly<Record<string, string>>
  readonly how: Readonly<Record<string, string>>
  readonly noEvidence: string
  readonly sure: (percent: string) => string
  readonly versions: string
  readonly version: (version: number) => string
  readonly changes: Readonly<Record<string, string>>
  readonly compare: (older: number, newer: number) => string
  readonly newest: string
  readonly same: string
  readonly tooDifferent: string
  readonly olderLeftOut: string
  readonly headline: string
  readonly text: string
  readonly story: string
  readonly feedOfTopics: string
  readonly feedOfRegions: string
  readonly copyLink: string
  readonly copied: string
  readonly copyByHand: string
  readonly timeline: string
  readonly timelineSay: string
  readonly stages: Readonly<Record<string, string>>
  readonly delivery: (endpoint: string) => string
  readonly states: Readonly<Record<string, string>>
  readonly attempt: (attempt: number) => string
  readonly noDelivery: string
  /** For whoever sees no webhooks but his own. */
  readonly noOwnDelivery: string
  readonly lags: string
  readonly cut: string
  readonly feeds: string
  readonly held: string
  readonly after: (seconds: string) => string
  readonly tags: (count: number) => string
}

const en: ItemWords = {
  why: 'Why these tags',
  whySay: 'Point at a tag, or tab to it: the words that led to it are marked in the text.',
  because: (tag) => `${tag}: marked in the text`,
  fields: { headline: 'headline', text: 'text', dateline: 'dateline', source: 'source’s own code' },
  how: {
    source: 'the source says so',
    gazetteer: 'a place that is named',
    lexicon: 'words that are used',
    model: 'by the model',
    person: 'by a person',
  },
  noEvidence: 'No words of the text were kept for it.',
  sure: (percent) => `${percent} sure`,
  versions: 'Versions',
  version: (version) => `Version ${version}`,
  changes: { new: 'new', update: 'update', correction: 'correction', withdrawal: 'withdrawal' },
  compare: (older, newer) => `What changed from version ${older} to ${newer}`,
  newest: 'shown above',
  same: 'No word of headline or text changed; only what stands around them.',
  tooDifferent: 'The two texts are too different to be set against each other.',
  olderLeftOut: 'Older versions are not shown.',
  headline: 'Headline',
  text: 'Text',
  story: 'The same story on other wires',
  feedOfTopics: 'Feed of these topics',
  feedOfRegions: 'Feed of these regions',
  copyLink: 'Copy link',
  copied: 'Copied',
  copyByHand: 'Copying is not allowed here: take the address of this page.',
  timeline: 'Timeline',
  timelineSay: 'From its source to each receiver, in UTC.',
  stages: { intake: 'Fetched', normalizer: 'Normalised', tagger: 'Tagged, and public' },
  delivery: (endpoint) => `Delivery to ${endpoint}`,
  states: {
    waiting: 'waiting',
    retry: 'will be tried again',
    delivered: 'delivered',
    failed: 'failed',
    superseded: 'superseded',
  },
  attempt: (attempt) => `attempt ${attempt}`,
  noDelivery: 'No webhook was sent it.',
  noOwnDelivery: 'None of your webhooks was sent it.',
  lags: 'The record of deliveries is still being read; more may come.',
  cut: 'Older deliveries are not shown.',
  feeds: 'Stands in these feeds',
  held: 'Nothing of it is public.',
  after: (seconds) => `+${seconds} s`,
  tags: (count) => (count === 1 ? '1 tag' : `${count} tags`),
}

const de: ItemWords = {
  why: 'Warum diese Themen',
  whySay: 'Auf ein Thema zeigen oder mit Tab ansteuern: Die Wörter dafür sind im Text markiert.',
  because: (tag) => `${tag}: im Text markiert`,
  fields: {
    headline: 'Überschrift',
    text: 'Text',
    dateline: 'Ortsmarke',
    source: 'Code der Quelle',
  },
  how: {
    source: 'sagt die Quelle',
    gazetteer: 'ein genannter Ort',
    lexicon: 'verwendete Wörter',
    model: 'vom Modell',
    person: 'von einem Menschen',
  },
  noEvidence: 'Dafür sind keine Wörter des Textes festgehalten.',
  sure: (percent) => `${percent} sicher`,
  versions: 'Fassungen',
  version: (version) => `Fassung ${version}`,
  changes: {
    new: 'neu',
    update: 'Aktualisierung',
    correction: 'Korrektur',
    withdrawal: 'Rückzug',
  },
  compare: (older, newer) => `Was sich von Fassung ${older} zu ${newer} geändert hat`,
  newest: 'steht oben',
  same: 'Kein Wort von Überschrift oder Text ist anders, nur was darum herum steht.',
  tooDifferent: 'Die beiden Texte sind zu verschieden, um sie nebeneinander zu stellen.',
  olderLeftOut: 'Ältere Fassungen werden nicht gezeigt.',
  headline: 'Überschrift',
  text: 'Text',
  story: 'Dieselbe Meldung bei anderen Diensten',
  feedOfTopics: 'Feed dieser Themen',
  feedOfRegions: 'Feed dieser Regionen',
  copyLink: 'Link kopieren',
  copied: 'Kopiert',
  copyByHand: 'Kopieren ist hier nicht erlaubt: bitte die Adresse dieser Seite nehmen.',
  timeline: 'Zeitleiste',
  timelineSay: 'Von der Quelle bis zu jedem Empfänger, in UTC.',
  stages: {
    intake: 'Abgeholt',
    normalizer: 'Vereinheitlicht',
    tagger: 'Verschlagwortet, öffentlich',
  },
  delivery: (endpoint) => `Zustellung an ${endpoint}`,
  states: {
    waiting: 'wartet',
    retry: 'wird erneut versucht',
    delivered: 'zugestellt',
    failed: 'gescheitert',
    superseded: 'überholt',
  },
  attempt: (attempt) => `Versuch ${attempt}`,
  noDelivery: 'Kein Webhook hat sie bekommen.',
  noOwnDelivery: 'Keiner Ihrer Webhooks hat sie bekommen.',
  lags: 'Das Verzeichnis der Zustellungen wird noch gelesen; es kann mehr kommen.',
  cut: 'Ältere Zustellungen werden nicht gezeigt.',
  feeds: 'Steht in diesen Feeds',
  held: 'Nichts davon ist öffentlich.',
  after: (seconds) => `+${seconds} s`,
  tags: (count) => (count === 1 ? '1 Schlagwort' : `${count} Schlagwörter`),
}

export const itemWords: Readonly<Record<Language, ItemWords>> = { en, de }
