import type { Stored } from '@newswire/bus'
import { kinOf, kinTokensOf, type NormalizedItem } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { Redis } from 'ioredis'
import { packState, unpackState } from './item-state.js'
import { dayEndSeconds, dayOf, itemKeys } from './keys.js'
import { kinKeys, kinWriteLua } from './kin.js'
import { readLimits } from './limits.js'
import { FellBackError, fenceLua, openMark, readMark, type Span } from './mark.js'
import { matterOf, openWriteLua } from './open-matters.js'
import type { ReadModel } from './projector.js'
import { createScript } from './redis.js'
import type { ItemState } from './store.js'

const fixedKeys = [itemKeys.mark, itemKeys.state, itemKeys.open, itemKeys.openFull]
const scriptLimits = [
  readLimits.kinItemsPerDayMax,
  readLimits.kinPerTokenMax,
  readLimits.openMattersMax,
]
/** How many values `entryOf` gives per version. */
const entryValues = 12

/**
 * KEYS: mark, state, open, open:full. ARGV: span, count, limits of kin and open matters, then per
 * version the values of `entryOf`.
 */
const applyScript = createScript(`
${fenceLua}
${kinWriteLua}
${openWriteLua}
local perDay, perToken, open = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local limits = { perDay = perDay, perToken = perToken, open = open }
for entry = 0, tonumber(ARGV[4]) - 1 do
  local at = 8 + entry * ${entryValues}
  local id, sequence, state, raws, raw, version, ends = unpack(ARGV, at, at + 6)
  local day, kinEnds, kin, tokens, matter = unpack(ARGV, at + 7, at + 11)
  local own = redis.call('HGET', KEYS[2], id)
  if not own or tonumber(string.match(own, '^%d+')) < tonumber(sequence) then
    redis.call('HSET', KEYS[2], id, state)
    keepKin(limits, own, id, tonumber(day), kinEnds, kin, tokens)
    keepOpen(limits, id, sequence, matter)
  end
  redis.call('HSET', raws, raw, version .. ' ' .. id)
  redis.call('EXPIREAT', raws, ends)
end
return 'applied'
`)

/** KEYS: mark, state, open matters, all days of raws and of kin. ARGV: epoch, or empty for any. */
const resetScript = createScript(`
if ARGV[1] ~= '' and redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
for _, key in ipairs(KEYS) do redis.call('UNLINK', key) end
return 1
`)

/** One more with each change of what is written: then it is made anew from the stream. */
const itemsShape = 1

/** State of every item's newest version inside, and which version a raw item became. */
export function itemsModel(redis: Redis, clock: Clock): ReadModel<'item.normalized'> {
  return {
    fact: 'item.normalized',
    shape: itemsShape,
    open: () => openMark(redis, itemKeys.mark, itemsShape),
    mark: () => readMark(redis, itemKeys.mark),
    async apply(span: Span, facts: readonly Stored<NormalizedItem>[]) {
      const head = [span.epoch, span.after, span.upTo, facts.length]
      const args = [...head, ...scriptLimits, ...facts.flatMap(entryOf)]
      const reply = await applyScript.run(redis, fixedKeys, args)
      if (reply !== 'applied') throw new FellBackError('the state of items fell back')
    },
    reset: (epoch) => resetItems(redis, clock, epoch),
  }
}

function entryOf({ value, sequence, storedAt }: Stored<NormalizedItem>): (string | number)[] {
  const day = dayOf(storedAt)
  const kin = kinOf(value)
  return [
    value.id,
    sequence,
    packState(value, sequence),
    itemKeys.raws(day),
    value.precedence.rawSequence,
    value.version,
    dayEndSeconds(day, readLimits.rawDays),
    day,
    dayEndSeconds(day, readLimits.kinDays),
    JSON.stringify(kin),
    kinTokensOf(kin).join(' '),
    matterOf(value),
  ]
}

/** Empties the model in one step; with an epoch only if it is still that life of the model. */
export async function resetItems(redis: Redis, clock: Clock, epoch = ''): Promise<void> {
  const keys = [...fixedKeys, ...rawKeys(clock), ...kinKeys(clock)]
  await resetScript.run(redis, keys, [epoch])
}

export async function readItemState(redis: Redis, id: string): Promise<ItemState | undefined> {
  const text = await redis.hget(itemKeys.state, id)
  return text === null ? undefined : unpackState(id, text)
}

export async function readVersionOfRaw(
  redis: Redis,
  clock: Clock,
  rawSequence: number,
): Promise<{ id: string; version: number } | undefined> {
  const field = String(rawSequence)
  const found = await Promise.all(rawKeys(clock).map((key) => redis.hget(key, field)))
  const text = found.find((each) => each !== null)
  if (!text) return undefined
  const gap = text.indexOf(' ')
  return { id: text.slice(gap + 1), version: Number(text.slice(0, gap)) }
}

/** Newest first, one more than today: the server's clock may be ahead. */
function rawKeys(clock: Clock): string[] {
  const newest = dayOf(clock.now()) + 1
  return Array.from({ length: readLimits.rawDays + 2 }, (_, ago) => itemKeys.raws(newest - ago))
}
