/** What a sentence about a problem can be made of. */
export interface ProblemFacts {
  /** "in 5 seconds", in the reader's language. */
  readonly retry: string
  /** A member of the problem, as text. */
  readonly of: (name: string) => string
}

type Say = string | ((facts: ProblemFacts) => string)
/** What is so, and what to do. */
type ProblemWord = readonly [title: string, say: Say]

const again = ({ retry }: ProblemFacts) => `Try again ${retry}.`
const unreadable = 'Go back to the beginning of the list.'

const another = 'Choose another one.'

/** Every problem of the API that a person can meet in the window, by its type. */
export const problemsEn = {
  'no-answer': ['The house does not answer', 'Check the connection, and try again.'],
  'strange-answer': [
    'The answer can’t be read',
    ({ of }) => `It came with status ${of('status')}. Try again soon.`,
  ],
  'own-page': ['Something broke on this page', 'Load the page again.'],
  'own-fault': ['Something broke here', 'The fault is ours and has been logged. Try again later.'],
  'bus-down': [
    'The bus does not answer',
    'Nothing was stored, and nothing is lost. Try again soon.',
  ],
  full: ['The store is full', 'Nothing was stored. An admin has to make room.'],
  'bad-request': ['Bad request', 'The house could not read what was sent.'],
  'not-found': ['Nothing is here', 'The address may have been cut when it was copied.'],
  'too-large': ['The content is too large', 'Nothing was stored. Send less.'],
  'too-many-requests': ['Too many requests', again],
  'too-many-readers': ['Too many are reading along', again],
  'cross-origin': [
    'The request comes from another site',
    'Load this page again; then try once more.',
  ],
  'no-key': ['A key is needed', 'Sign in with your key; then try again.'],
  'unknown-key': ['The key is not known', 'Check it for missing characters, or ask for a new one.'],
  'wrong-role': ['The key may not do this', 'Sign in with the key of an admin, or ask one.'],
  'invalid-body': ['Something is not as it must be', 'Correct it; then send it again.'],
  'invalid-request': ['Something is not as it must be', 'Correct it; then try again.'],
  'bad-id': ['This id cannot be read', 'Check it for missing characters.'],
  'bad-limit': ['The limit cannot be read', unreadable],
  'bad-cursor': ['This page of the list is not known', unreadable],
  'invalid-cursor': ['This page of the list is not known', unreadable],
  'unknown-dead-letter': ['There is no such dead letter', 'It was replayed or discarded already.'],
  'unknown-item': ['There is no such item', 'Check its id, or search for it.'],
  'joined-item': [
    'The item was joined to another one',
    ({ of }) => `It came in as a notice about ${of('item')}: decide about that one.`,
  ],
  erased: ['The item was erased by law', 'Nothing can be done to it any more.'],
  'nothing-to-release': [
    'There is nothing to release',
    'No embargo holds it, and no person withdrew it. What its source withdrew, only the source brings back.',
  ],
  'same-item': [
    'The item can’t be a notice about itself',
    'Name the other item, of which the notice speaks.',
  ],
  withdrawn: ['The item is withdrawn', 'Release it first, where a person withdrew it.'],
  'no-story': ['The item can’t tell this story', 'Name another item that is public.'],
  'changed-meanwhile': [
    'Others keep changing these tags',
    'Nothing was changed. Look at the item, and try again.',
  ],
  'unfit-tags': ['These tags can’t be given', 'Check their schemes and codes.'],
  'unfit-query': ['This can’t be looked up', 'Try other words.'],
  'own-key': ['A key cannot revoke itself', 'Sign in with the key of another admin.'],
  'unknown-key-id': ['There is no such key', 'It was revoked already.'],
  'feeds-being-made': ['The feeds are being made again', again],
  'unknown-region': ['There is no such region', ({ of }) => `“${of('value')}” is none. ${another}`],
  'unknown-topic': ['There is no such topic', ({ of }) => `“${of('value')}” is none. ${another}`],
  'unknown-language': [
    'There is no such language',
    ({ of }) => `“${of('value')}” is none. ${another}`,
  ],
  'bad-filter': ['The filter cannot be read', 'Take out what was added last.'],
  'invalid-filter': ['The filter cannot be read', 'Take out what was added last.'],
  'invalid-backtest': ['The back-test cannot be read', 'Take out what was added last.'],
  'backtests-running': ['Too many back-tests are running', again],
  'address-refused': ['This address may not be called', 'Use a public one.'],
  'no-such-source': ['There is no such source', 'It was deleted already.'],
  'source-exists': ['This address is a source already', 'It stands in the list above.'],
  'too-many-sources': ['There are too many sources', 'Delete one that is not needed.'],
  'not-polled': [
    'A drop folder is not polled',
    'Put a file into the folder: it is taken by itself.',
  ],
  'not-taken': ['The source could not be read', 'It is tried again by itself.'],
  'source-rests': ['The source or its host wants to be left alone for now', again],
  'no-webhook': ['There is no such webhook', 'It was deleted, or it belongs to another key.'],
  'too-many-webhooks': ['The key has too many webhooks', 'Delete those that are not needed.'],
  'webhooks-behind': ['The webhook workers do not keep up', again],
  'invalid-webhook': ['The webhook cannot be read', 'Correct it; then send it again.'],
  'nothing-published': [
    'The webhook would never get anything',
    'Choose new releases too: all else is told to who was sent them.',
  ],
  'no-address': ['The webhook has no address', 'Say where items are posted to.'],
  'refused-address': [
    'The address may not be called',
    'Use an https address that is public, without user and password.',
  ],
  'invalid-headers': ['The headers cannot be sent', 'Correct them, or leave them out.'],
  'rotated-too-often': ['The secret was rotated too often', 'Wait until an old one has ended.'],
  'webhook-not-verified': [
    'The webhook is not verified',
    'Let its address answer the challenge first.',
  ],
  'webhook-disabled': ['The webhook is disabled', 'Have its address verified again first.'],
  'key-revoked': ['The key of the webhook was revoked', 'An admin has to hand it to another key.'],
  'unknown-owner': ['The webhook cannot be handed over', 'Name a key that stands.'],
  'on-the-bus': [
    'A subscription on the bus has no such thing',
    'What is on the bus waits there for its readers.',
  ],
  'drill-running': ['A drill of this webhook is running', 'It takes a minute at most.'],
  'no-delivery': ['There is no such delivery', 'It is kept no longer.'],
  'being-made': ['The record of deliveries is being made', again],
  'no-replay': ['There is no such replay', 'It ended long ago.'],
  'replay-running': ['A replay of this webhook is running', 'Wait until it has ended.'],
  'too-many-replays': ['Too many replays are asked for', again],
  'no-recall': ['There is nothing to recall', 'Nobody was sent this version.'],
} satisfies Readonly<Record<string, ProblemWord>>

export type ProblemWords = Readonly<Record<keyof typeof problemsEn, ProblemWord>>

/** What is wrong with a field, by its rule. */
export const faultsEn = {
  missing: () => 'is missing',
  unknown: () => 'does not belong here',
  'not-one-of': () => 'is none of the values that it may have',
  'too-long': (limit: string) => `is too long: at most ${limit} characters`,
  'too-short': (limit: string) => `is too short: at least ${limit} characters`,
  'too-big': (limit: string) => `is too big: at most ${limit}`,
  'too-small': (limit: string) => `is too small: at least ${limit}`,
  'too-many': (limit: string) => `has too many entries: at most ${limit}`,
  'too-few': (limit: string) => `has too few entries: at least ${limit}`,
  'wrong-form': () => 'is not in the right form',
}
export type FaultWords = typeof faultsEn

/** Fields of forms, as the API calls them: each begins a sentence in the singular. */
export const fieldsEn = {
  '': 'The input',
  url: 'Address',
  key: 'Key',
  name: 'Name',
  wire: 'Wire',
  kind: 'Kind',
  rights: 'The choice of rights',
  role: 'Role',
  reason: 'Reason',
  corrects: 'Id of the other item',
  add: 'A tag to add',
  remove: 'A tag to take away',
  description: 'Description',
  events: 'The list of events',
  filter: 'Filter',
  headers: 'A header',
  ratePerSecond: 'The number of calls per second',
  concurrency: 'The number of calls at once',
  from: 'The field “From”',
  to: 'The field “Before”',
}
export type FieldWords = Readonly<Record<keyof typeof fieldsEn, string>>
