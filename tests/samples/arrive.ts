import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  type Accepted,
  accept,
  decode,
  type Feed,
  piecesOf,
  readDropped,
  readFeed,
} from '@newswire/intake'
import { type RawItem, type Settlement, settle } from '@newswire/model'
import { type Draft, normalise } from '@newswire/normalizer'

/** Other people's releases lie beside the repository, never in it. */
export const folder = join(import.meta.dirname, '../../../shared/samples')

const receivedByDefault = '2026-10-01T00:00:00.000Z'

export function bytesOf(path: string): Uint8Array {
  return readFileSync(join(folder, path))
}

export function pushed(path: string, type: string): Promise<readonly Accepted[]> {
  return accept(bytesOf(path), type)
}

export function dropped(path: string): Promise<readonly Accepted[]> {
  return readDropped(basename(path), bytesOf(path))
}

export interface Arrived {
  readonly draft: Draft
  /** What it is to an empty house. */
  readonly settlement: Settlement
}

/** A release as it would be stored → what it becomes where nothing stands. */
export function arrived(
  release: Accepted,
  { received = receivedByDefault, ...own }: Partial<Pick<RawItem, 'received' | 'source' | 'wire'>>,
): Arrived {
  const raw: RawItem = {
    ...release,
    source: 'push',
    door: 'push',
    received,
    rights: 'full',
    ...own,
  }
  const draft = normalise(raw)
  const settlement = settle(undefined, {
    rawSequence: 1,
    contentHash: draft.headline,
    status: draft.status,
    complete: draft.body.complete,
    corrects: draft.isCorrection,
  })
  return { draft, settlement }
}

export function polled(path: string, url: string): Promise<Feed> {
  return readFeed(decode(bytesOf(path)).text, url)
}

/** The entries of a feed as a poll would store them. */
export function entriesOf(feed: Feed): Accepted[] {
  return piecesOf(feed).pieces.map(({ contentType, body }) => ({ contentType, body: body() }))
}
