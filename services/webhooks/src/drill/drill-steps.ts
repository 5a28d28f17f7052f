import type { WebhookFormat } from '@newswire/model'
import type { EventType } from '../deliver/events.js'
import { render } from '../deliver/formats/formats.js'
import type { PublicUrl, Rendering } from '../deliver/formats/told.js'
import { type DrillVersion, drillData, drillItemId, drillThin } from './drill-item.js'

export const drillStepNames = [
  'new',
  'duplicate',
  'correction',
  'out-of-order',
  'bad-signature',
  'old-timestamp',
  'withdrawal',
] as const
export type DrillStepName = (typeof drillStepNames)[number]

/** How old the replayed call is; Standard Webhooks 1.0 lets receivers allow a few minutes. */
export const oldTimestampMs = 60 * 60 * 1_000

/** What a receiver may say that it did, as `{"newswire": …}` in its answer. */
export const receiverWords = ['processed', 'duplicate', 'stale'] as const
export type ReceiverWord = (typeof receiverWords)[number]

/** One call of the drill, to be signed and made. */
export interface DrillStep {
  readonly name: DrillStepName
  /** What is sent, as a sentence. */
  readonly sent: string
  /** What a receiver should do, as a sentence. */
  readonly expected: string
  readonly type: EventType
  /** The `webhook-id`. */
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly contentType: string
  readonly signature: 'right' | 'wrong'
  /** How long before now it says that it was signed. */
  readonly ageMs: number
  /** What the receiver did if it did right; undefined where it must refuse the call. */
  readonly word: ReceiverWord | undefined
}

/**
 * Sequences of a drill are negative: real ones begin at 1, so that no receiver takes a drill's for
 * the newest that it has seen. They are gapless but for the one that comes too late.
 */
const places = {
  published: { 'newswire-version': '1', 'newswire-sequence': '-4' },
  late: { 'newswire-version': '1', 'newswire-sequence': '-3', 'newswire-previous': '-4' },
  corrected: { 'newswire-version': '2', 'newswire-sequence': '-2', 'newswire-previous': '-4' },
  withdrawn: { 'newswire-version': '3', 'newswire-sequence': '-1', 'newswire-previous': '-2' },
} as const

const published: DrillVersion = {
  ...{ version: 1, tagging: 1, change: 'new', status: 'usable' },
  headline: 'Fire drill: the first version',
}
const late: DrillVersion = { ...published, tagging: 2 }
const corrected: DrillVersion = {
  ...{ version: 2, tagging: 1, change: 'correction', status: 'usable' },
  headline: 'Fire drill: the corrected version',
}
const withdrawn: DrillVersion = {
  ...{ version: 3, tagging: 1, change: 'withdrawal', status: 'canceled' },
  headline: 'Fire drill: the corrected version',
}

export interface DrillLook {
  readonly format: WebhookFormat
  readonly publicUrl: PublicUrl
}

/** The scripted life of an item, made of `run` (random), the instant and the format alone. */
export function drillSteps(run: string, now: Date, { format, publicUrl }: DrillLook): DrillStep[] {
  const event = (type: EventType, version: DrillVersion) => {
    const data = format === 'thin' ? drillThin(run, version) : drillData(run, now, version)
    const told = { type, time: now, subject: drillItemId(run), data }
    return { type, rendering: render(format, told, publicUrl) }
  }
  const first = { id: `msg_drill_${run}_1`, ...event('item.published', published) }
  const correction = event('item.corrected', corrected)
  const usual = { signature: 'right', ageMs: 0 } as const
  const steps: Unwritten[] = [
    { name: 'new', ...first, ...usual, headers: places.published, word: 'processed' },
    { name: 'duplicate', ...first, ...usual, headers: places.published, word: 'duplicate' },
    {
      ...{ name: 'correction', id: `msg_drill_${run}_2`, ...correction, ...usual },
      ...{ headers: places.corrected, word: 'processed' },
    },
    {
      ...{ name: 'out-of-order', id: `msg_drill_${run}_3`, ...event('item.updated', late) },
      ...{ ...usual, headers: places.late, word: 'stale' },
    },
    {
      ...{ name: 'bad-signature', id: `msg_drill_${run}_4`, ...correction },
      ...{ signature: 'wrong', ageMs: 0, headers: places.corrected, word: undefined },
    },
    {
      ...{ name: 'old-timestamp', id: `msg_drill_${run}_5`, ...correction },
      ...{ signature: 'right', ageMs: oldTimestampMs, headers: places.corrected, word: undefined },
    },
    {
      ...{ name: 'withdrawal', id: `msg_drill_${run}_6`, ...event('item.withdrawn', withdrawn) },
      ...{ ...usual, headers: places.withdrawn, word: 'processed' },
    },
  ]
  return steps.map(({ rendering, ...step }) => {
    const { contentType, textFor } = rendering
    const headers = { ...step.headers, 'newswire-drill': step.name }
    return { ...step, ...sentences[step.name], headers, contentType, body: textFor(step.id) }
  })
}

type Unwritten = Omit<DrillStep, 'sent' | 'expected' | 'body' | 'contentType'> & {
  readonly rendering: Rendering
}

const sentences: Record<DrillStepName, Pick<DrillStep, 'sent' | 'expected'>> = {
  new: {
    sent: 'An item that the receiver does not have, as item.published.',
    expected: 'Any 2xx, and the item is shown.',
  },
  duplicate: {
    sent: 'The same call again, byte for byte, with the same webhook-id.',
    expected: 'Any 2xx, and nothing is done a second time.',
  },
  correction: {
    sent: 'Version 2 of the item, as item.corrected.',
    expected: 'Any 2xx, and version 2 takes the place of version 1.',
  },
  'out-of-order': {
    sent: 'Version 1 after version 2, with a lower newswire-version and newswire-sequence.',
    expected: 'Any 2xx, and version 2 goes on standing.',
  },
  'bad-signature': {
    sent: 'A call that is signed with a key that is not yours.',
    expected: 'A 4xx such as 401, and nothing is done.',
  },
  'old-timestamp': {
    sent: 'A call whose signature is right and whose timestamp is an hour old (a replay attack).',
    expected: 'A 4xx such as 400, and nothing is done.',
  },
  withdrawal: {
    sent: 'Version 3, which takes the item back, as item.withdrawn.',
    expected: 'Any 2xx, and the item is gone from every output.',
  },
}
