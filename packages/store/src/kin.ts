import type { Kin } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { Redis } from 'ioredis'
import { dayOf, itemKeys } from './keys.js'
import { readLimits } from './limits.js'
import { createScript } from './redis.js'

/** One counter per day among the fields: `#` is how many items the day holds. */
export const kinWriteLua = `
local function kinKeyOf(own, id, day)
  if own then
    for each = day, day - ${readLimits.kinDays}, -1 do
      local key = '${itemKeys.kinPrefix}' .. each
      if redis.call('HEXISTS', key, '=' .. id) == 1 then return key, true end
    end
  end
  return '${itemKeys.kinPrefix}' .. day, false
end
local function keepToken(key, token, id, max)
  local ids = redis.call('HGET', key, token)
  if not ids then
    redis.call('HSET', key, token, id)
    return
  end
  local kept = { id }
  for each in string.gmatch(ids, '%S+') do
    if each == id then return end
    if #kept < max then kept[#kept + 1] = each end
  end
  redis.call('HSET', key, token, table.concat(kept, ' '))
end
local function keepKin(limits, own, id, day, ends, kin, tokens)
  local key, known = kinKeyOf(own, id, day)
  if not known then
    if tonumber(redis.call('HGET', key, '#') or 0) >= limits.perDay then return end
    redis.call('HINCRBY', key, '#', 1)
    redis.call('EXPIREAT', key, ends)
  end
  redis.call('HSET', key, '=' .. id, kin)
  for token in string.gmatch(tokens, '%S+') do keepToken(key, token, id, limits.perToken) end
end
`

/** ARGV: newest day, days, most items, tokens. */
const readScript = createScript(`
local found, seen = {}, {}
local tokens = { unpack(ARGV, 4) }
for day = tonumber(ARGV[1]), tonumber(ARGV[1]) - tonumber(ARGV[2]), -1 do
  local key = '${itemKeys.kinPrefix}' .. day
  for _, ids in ipairs(redis.call('EXISTS', key) == 1 and redis.call('HMGET', key, unpack(tokens)) or {}) do
    for id in string.gmatch(ids or '', '%S+') do
      if not seen[id] then
        seen[id] = true
        local kin = redis.call('HGET', key, '=' .. id)
        if kin then found[#found + 1] = kin end
        if #found >= tonumber(ARGV[3]) then return found end
      end
    end
  end
end
return found
`)

export async function readKin(
  redis: Redis,
  clock: Clock,
  { tokens, days }: { tokens: readonly string[]; days: number },
): Promise<Kin[]> {
  if (tokens.length === 0) return []
  // One more than today: the server's clock may be ahead.
  const newest = dayOf(clock.now()) + 1
  const head = [newest, Math.min(days, readLimits.kinDays) + 1, readLimits.kinAnswerMax]
  const found = (await readScript.run(redis, [], [...head, ...new Set(tokens)])) as string[]
  return found.map((text) => JSON.parse(text) as Kin)
}

/** Every day that may still be there. */
export function kinKeys(clock: Clock): string[] {
  const newest = dayOf(clock.now()) + 1
  return Array.from(
    { length: readLimits.kinDays + 3 },
    (_, ago) => `${itemKeys.kinPrefix}${newest - ago}`,
  )
}
