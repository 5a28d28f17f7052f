import type { PageLanguage } from './language.js'

/** What pages say beside the releases. */
export interface PageWords {
  readonly locale: string
  readonly skip: string
  readonly navigation: string
  readonly privateMark: string
  readonly subscribe: string
  readonly webhooks: string
  readonly dashboard: string
  readonly api: string
  readonly health: string
  /** What the language calls itself. */
  readonly ownName: string
  readonly subscribeHow: string
  readonly copy: string
  readonly copied: string
  readonly copyByHand: string
  readonly addressOf: (format: string) => string
  readonly webhook: string
  readonly webhookHow: string
  readonly privateFeed: string
  readonly entries: string
  readonly correction: string
  readonly update: string
  readonly withdrawn: string
  readonly teaser: string
  readonly teaserHow: string
  readonly source: string
  readonly readAtSource: string
  readonly older: string
  readonly empty: string
  readonly emptyHow: string
  readonly widen: string
  readonly without: (key: string) => string
  readonly everything: string
  readonly keys: Readonly<Record<string, string>>
  readonly unnamed: string
  readonly versionOf: (version: number, updated: string) => string
  readonly correctionHow: string
  readonly corrects: string
  readonly story: string
  readonly topics: string
  readonly media: string
  readonly contact: string
  readonly about: string
  readonly asJson: string
  readonly withdrawnHow: string
  readonly moreOf: string
  readonly missing: string
  readonly missingHow: string
}

const en: PageWords = {
  locale: 'en-GB',
  skip: 'Skip to the content',
  navigation: 'Pages',
  privateMark: 'Private',
  subscribe: 'Subscribe',
  webhooks: 'Webhooks',
  dashboard: 'Dashboard',
  api: 'API description',
  health: 'Health',
  ownName: 'English',
  subscribeHow: 'Copy an address into your feed reader.',
  copy: 'Copy',
  copied: 'Copied',
  copyByHand: 'Selected: copy it with your keyboard',
  addressOf: (format) => `Address of the ${format} feed`,
  webhook: 'As a webhook',
  webhookHow: 'Have each release sent to your server the moment it comes in.',
  privateFeed: 'This address is private: whoever has it reads what stands here. Do not pass it on.',
  entries: 'Releases, newest first',
  correction: 'Corrected version',
  update: 'Updated',
  withdrawn: 'Withdrawn',
  teaser: 'Teaser',
  teaserHow: 'This source gives a teaser only. The whole release stands there:',
  source: 'Source',
  readAtSource: 'Read the release at its source',
  older: 'Older releases',
  empty: 'No release yet',
  emptyHow:
    'Nothing that came in so far matches this filter. You can subscribe all the same: what comes in later lands in the feed by itself.',
  widen: 'Or widen the filter:',
  without: (key) => `without ${key}`,
  everything: 'all releases',
  keys: {
    region: 'the region',
    topic: 'the topic',
    lang: 'the language',
    source: 'the source',
    issuer: 'the issuer',
    q: 'the words',
    not: 'what is left out',
  },
  unnamed: 'Without a headline',
  versionOf: (version, updated) => `Version ${version}, ${updated}`,
  correctionHow: 'This version replaces what was sent before. Use only this one.',
  corrects: 'Corrects an earlier release',
  story: 'The same release elsewhere or in another language',
  topics: 'Topics and regions',
  media: 'Pictures and files',
  contact: 'Contact',
  about: 'About this release',
  asJson: 'As JSON (ninjs 3.1)',
  withdrawnHow: 'Its issuer or its wire took this release back. Remove it wherever you use it.',
  moreOf: 'More from this issuer',
  missing: 'There is no such release',
  missingHow:
    'The address may be cut off or mistyped. The newest releases stand on the page to subscribe.',
}

const de: PageWords = {
  locale: 'de-DE',
  skip: 'Zum Inhalt springen',
  navigation: 'Seiten',
  privateMark: 'Privat',
  subscribe: 'Abonnieren',
  webhooks: 'Webhooks',
  dashboard: 'Übersicht',
  api: 'Beschreibung der API',
  health: 'Zustand',
  ownName: 'Deutsch',
  subscribeHow: 'Eine Adresse kopieren und im Feedreader einfügen.',
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyByHand: 'Ausgewählt: bitte mit der Tastatur kopieren',
  addressOf: (format) => `Adresse des ${format}-Feeds`,
  webhook: 'Als Webhook',
  webhookHow: 'Jede Meldung im Moment ihres Eingangs an den eigenen Server schicken lassen.',
  privateFeed:
    'Diese Adresse ist privat: Wer sie hat, liest, was hier steht. Bitte nicht weitergeben.',
  entries: 'Meldungen, neueste zuerst',
  correction: 'Korrigierte Fassung',
  update: 'Aktualisiert',
  withdrawn: 'Zurückgezogen',
  teaser: 'Anriss',
  teaserHow: 'Diese Quelle gibt nur einen Anriss frei. Die ganze Meldung steht dort:',
  source: 'Quelle',
  readAtSource: 'Die Meldung bei ihrer Quelle lesen',
  older: 'Ältere Meldungen',
  empty: 'Noch keine Meldung',
  emptyHow:
    'Bisher passt keine Meldung zu diesem Filter. Abonnieren geht trotzdem: Was später eingeht, erscheint von selbst im Feed.',
  widen: 'Oder den Filter weiter fassen:',
  without: (key) => `ohne ${key}`,
  everything: 'alle Meldungen',
  keys: {
    region: 'die Region',
    topic: 'das Thema',
    lang: 'die Sprache',
    source: 'die Quelle',
    issuer: 'den Herausgeber',
    q: 'die Suchwörter',
    not: 'die Ausschlüsse',
  },
  unnamed: 'Ohne Überschrift',
  versionOf: (version, updated) => `Fassung ${version}, ${updated}`,
  correctionHow: 'Diese Fassung ersetzt, was zuvor gesendet wurde. Bitte nur diese verwenden.',
  corrects: 'Berichtigt eine frühere Meldung',
  story: 'Dieselbe Meldung anderswo oder in einer anderen Sprache',
  topics: 'Themen und Regionen',
  media: 'Bilder und Dateien',
  contact: 'Kontakt',
  about: 'Zu dieser Meldung',
  asJson: 'Als JSON (ninjs 3.1)',
  withdrawnHow:
    'Herausgeber oder Agentur haben diese Meldung zurückgezogen. Bitte überall entfernen, wo sie verwendet wird.',
  moreOf: 'Mehr von diesem Herausgeber',
  missing: 'Diese Meldung gibt es nicht',
  missingHow:
    'Vielleicht ist die Adresse abgeschnitten, oder sie enthält einen Tippfehler. Die neuesten Meldungen stehen auf der Seite zum Abonnieren.',
}

export const pageWords: Readonly<Record<PageLanguage, PageWords>> = { en, de }
