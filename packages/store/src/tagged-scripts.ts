import { readLimits } from './limits.js'
import { fenceLua } from './mark.js'
import { entryValues } from './public-state.js'
import { createScript } from './redis.js'
import { mayHaveLua } from './words.js'

/**
 * Writes versions into the tagged model. KEYS: mark, state, full, order, facets, words.
 * ARGV: span, prefix of the facets' keys, fullItemsMax, facetItemsMax, placesMax, whether the
 * former items are wanted (1 or 0), count, blocks (prefix, facts in one, blocks in a row), then per
 * version the values of `publicEntry`.
 *
 * Answers `fell-back`, or per version three values: `applied`, `known` (another projector was here
 * before) or `stale`; the former version's sequence; the former item whole, if wanted and kept.
 */
export const applyTaggedScript = createScript(`
${fenceLua}
local facetPrefix, fullMax, facetMax = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local placesMax, wantFormer = tonumber(ARGV[7]), ARGV[8] == '1'

-- Keeps the newest of a facet, and remembers above which sequence its set is complete. It takes
-- some more than it must, so that not every item trims every set.
local function trim(key, facet, count)
  local excess = count - facetMax + math.floor(facetMax / 20)
  local highest = redis.call('ZRANGE', key, excess - 1, excess - 1, 'WITHSCORES')[2]
  redis.call('ZREMRANGEBYRANK', key, 0, excess - 1)
  redis.call('HSET', KEYS[5], facet, highest)
end

-- What is tagged again where it lies may lie below a floor. It stays out there: the next trim would
-- take it for the highest that was cut, and the floor would sink below what is gone.
local function isBelowFloor(facet, place)
  return tonumber(place) <= tonumber(redis.call('HGET', KEYS[5], facet) or 0)
end

local function enter(id, place, facets, isOld)
  for facet in string.gmatch(facets, '[^\\n]+') do
    local key = facetPrefix .. facet
    local isCut = isOld and isBelowFloor(facet, place)
    if not isCut and redis.call('ZADD', key, place, id) == 1 then
      local count = redis.call('ZCARD', key)
      if count == 1 then redis.call('HSETNX', KEYS[5], facet, 0) end
      if count > facetMax then trim(key, facet, count) end
    end
  end
end

local function leave(id, was, facets)
  for facet in string.gmatch(was, '[^\\n]+') do
    if not string.find(facets, '\\n' .. facet .. '\\n', 1, true) then
      local key = facetPrefix .. facet
      redis.call('ZREM', key, id)
      -- A set that was trimmed keeps its floor: older items may still have the facet.
      if redis.call('EXISTS', key) == 0 and redis.call('HGET', KEYS[5], facet) == '0' then
        redis.call('HDEL', KEYS[5], facet)
      end
    end
  end
end

-- The earlier places with the last one in front, cut to the limit.
local function placesAfter(places, sequence)
  local all, count = sequence, 1
  for place in string.gmatch(places, '%d+') do
    if count == placesMax then break end
    all, count = all .. ',' .. place, count + 1
  end
  return all
end

-- A version that is not newer: was it written by another projector, and after which one?
local function formerOf(own, places, sequence)
  if own ~= sequence and not string.find(',' .. places .. ',', ',' .. sequence .. ',', 1, true) then
    return 'stale', ''
  end
  for place in string.gmatch(places, '%d+') do
    if tonumber(place) < tonumber(sequence) then return 'known', place end
  end
  return 'known', ''
end

-- Notes for archives that a block of the stream holds something of each facet, by its mark. What is
-- announced to nobody is in no archive: it stood there before.
local blockPrefix, blockFacts, rowBlocks = ARGV[10], tonumber(ARGV[11]), tonumber(ARGV[12])
local function noteBlock(sequence, marks)
  local block = math.floor((tonumber(sequence) - 1) / blockFacts)
  local row = blockPrefix .. math.floor(block / rowBlocks)
  local at = block % rowBlocks
  local byte, bit = math.floor(at / 8) + 1, 2 ^ (at % 8)
  local fields = {}
  for mark in string.gmatch(marks, '%S+') do table.insert(fields, mark) end
  local rows = redis.call('HMGET', row, unpack(fields))
  for i, field in ipairs(fields) do
    local bits = rows[i] or ''
    if #bits < byte then bits = bits .. string.rep('\\0', byte - #bits) end
    local own = string.byte(bits, byte)
    if math.floor(own / bit) % 2 == 0 then
      local before, after = string.sub(bits, 1, byte - 1), string.sub(bits, byte + 1)
      redis.call('HSET', row, field, before .. string.char(own + bit) .. after)
    end
  end
end

local function write(
  id, version, tagging, sequence, status, facets, full, place, marks, words, keepsWords
)
  if marks ~= '' then noteBlock(sequence, marks) end
  local state = redis.call('HGET', KEYS[2], id)
  local former, was, places, withdrawn, takenBack, said = '', '', '', 0, '0', '0'
  if state then
    local v, t, own, stood, before, back, spoke, lines =
      string.match(state, '^(%d+) (%d+) (%d+) (%a+) ([%d,]*) (%d+) (%d+)(.*)$')
    v, t = tonumber(v), tonumber(t)
    local newer = tonumber(version) > v or (tonumber(version) == v and tonumber(tagging) > t)
    if not newer or tonumber(sequence) <= tonumber(own) then
      local outcome, place = formerOf(own, before, sequence)
      return outcome, place, ''
    end
    former, was, places, takenBack = own, lines, placesAfter(before, own), back
    if status ~= 'usable' then said = stood == 'usable' and own or spoke end
    if stood == 'canceled' then withdrawn = -1 end
  end
  if status == 'canceled' then withdrawn = withdrawn + 1 end
  if status ~= 'usable' then takenBack = sequence end
  local formerFull = state and wantFormer and redis.call('HGET', KEYS[3], id) or ''
  leave(id, was, facets)
  enter(id, place, facets, place ~= sequence)
  local head = table.concat({ version, tagging, sequence, status, places, takenBack, said }, ' ')
  redis.call('HSET', KEYS[2], id, head .. facets)
  redis.call('ZADD', KEYS[4], place, id)
  -- What is tagged again where it lies may be old: then it is not among the whole ones.
  if place == sequence or redis.call('ZREVRANK', KEYS[4], id) < fullMax then
    redis.call('HSET', KEYS[3], id, full)
  else
    redis.call('HDEL', KEYS[3], id)
  end
  -- Who was never usable has said nothing before: it is found by what it says itself.
  if keepsWords == '0' or said == '0' then redis.call('HSET', KEYS[6], id, words) end
  if withdrawn ~= 0 then redis.call('HINCRBY', KEYS[1], 'withdrawn', withdrawn) end
  return 'applied', former, formerFull or ''
end

-- The whole items are always the newest of the order: what is too many lies right behind them.
local function trimFull()
  local excess = redis.call('HLEN', KEYS[3]) - fullMax
  while excess > 0 do
    local ids = redis.call('ZREVRANGE', KEYS[4], fullMax, fullMax + math.min(excess, 1000) - 1)
    if #ids == 0 then return end
    if redis.call('HDEL', KEYS[3], unpack(ids)) == 0 then return end
    excess = redis.call('HLEN', KEYS[3]) - fullMax
  end
end

local answer = {}
for entry = 0, tonumber(ARGV[9]) - 1 do
  local at = 13 + entry * ${entryValues}
  local outcome, former, formerFull = write(unpack(ARGV, at, at + ${entryValues - 1}))
  trimFull()
  table.insert(answer, outcome)
  table.insert(answer, former)
  table.insert(answer, formerFull)
end
return answer
`)

/**
 * Empties the tagged model in one step. KEYS: mark, state, full, order, facets, words.
 * ARGV: epoch (empty for any), prefix of the facets' keys, prefix of the blocks' rows, facts in a
 * row.
 */
export const resetTaggedScript = createScript(`
if ARGV[1] ~= '' and redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
for _, facet in ipairs(redis.call('HKEYS', KEYS[5])) do redis.call('UNLINK', ARGV[2] .. facet) end
local position = tonumber(redis.call('HGET', KEYS[1], 'position') or 0)
for row = 0, math.floor(position / tonumber(ARGV[4])) do redis.call('UNLINK', ARGV[3] .. row) end
for _, key in ipairs(KEYS) do redis.call('UNLINK', key) end
return 1
`)

/**
 * Items that may match, newest first. KEYS: state, order, facets, words.
 * ARGV: before (exclusive place, or empty), lookMax, keepMax, prefix of the facets' keys, terms
 * as JSON {any: facets[][], none: facets[], words: hashes[][]}: one facet of each group in \`any\`,
 * none of \`none\`, and all words of any group in \`words\`, as far as an item's bits tell.
 *
 * Walks the smallest group of sets that is complete below \`before\` (else the whole order), and
 * checks every other term by the item's own facets, so that a trimmed set never hides an item.
 * Answers: where to go on (exclusive; empty at the end), how many were looked at, then per item id
 * and sequence. The whole items are read apart: through a script they cost Redis eight times as
 * much.
 */
export const candidatesScript = createScript(`
${mayHaveLua}local lookMax, keepMax, facetPrefix = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local terms = cjson.decode(ARGV[5])
local top = ARGV[1] == '' and math.huge or tonumber(ARGV[1])
local ceiling = ARGV[1] == '' and '+inf' or '(' .. ARGV[1]

local driver, floor, size = nil, 0, math.huge
for _, group in ipairs(terms.any) do
  local groupFloor, groupSize = 0, 0
  for _, facet in ipairs(group) do
    groupFloor = math.max(groupFloor, tonumber(redis.call('HGET', KEYS[3], facet) or 0))
    groupSize = groupSize + redis.call('ZCARD', facetPrefix .. facet)
  end
  if groupFloor + 1 < top and groupSize < size then
    driver, floor, size = group, groupFloor, groupSize
  end
end

-- Ids of one set, newest first. This runs for thousands of rows, so scores come only where needed.
local bottom = '(' .. string.format('%.0f', floor)
local function idsOf(key, max, ...)
  return redis.call('ZREVRANGEBYSCORE', key, ceiling, bottom, 'LIMIT', 0, max, ...)
end
-- Of many sets each gives some more than its share. What lies below the end of one that has more is
-- left for the next look: there may be others of that set above it.
local function mergedOf(facets)
  local ids, scores, cut = {}, {}, 0
  local max = math.min(lookMax, math.ceil(lookMax * ${readLimits.mergedShares} / #facets))
  for _, facet in ipairs(facets) do
    local rows = idsOf(facetPrefix .. facet, max, 'WITHSCORES')
    for i = 1, #rows, 2 do
      local id = rows[i]
      if not scores[id] then ids[#ids + 1] = id end
      scores[id] = tonumber(rows[i + 1])
    end
    if #rows == 2 * max then cut = math.max(cut, tonumber(rows[#rows])) end
  end
  table.sort(ids, function(a, b) return scores[a] > scores[b] end)
  while cut > 0 and scores[ids[#ids]] < cut do ids[#ids] = nil end
  return ids, cut > 0
end
local found, isCut
if driver and #driver > 1 then found, isCut = mergedOf(driver)
else found = idsOf(driver and facetPrefix .. driver[1] or KEYS[2], lookMax) end

local function has(state, facet)
  return string.find(state, '\\n' .. facet .. '\\n', 1, true) ~= nil
end
local function hasAny(state, group)
  for _, facet in ipairs(group) do
    if has(state, facet) then return true end
  end
  return false
end
local function passes(state)
  for _, group in ipairs(terms.any) do
    if not hasAny(state, group) then return false end
  end
  return not hasAny(state, terms.none)
end

-- Bits cost less than a look at all facets, so they are asked first.
local hasWords = #terms.words > 0
local function likelyOf(from, upTo)
  local likely, places, count = {}, {}, 0
  local bits = hasWords and redis.call('HMGET', KEYS[4], unpack(found, from, upTo))
  for i = from, upTo do
    if not bits or mayHave(bits[i - from + 1], terms.words) then
      count = count + 1
      likely[count], places[count] = found[i], i
    end
  end
  return likely, places
end

local looked, kept, items = 0, 0, {}
-- Takes those that pass; true once there are enough.
local function take(ids, places)
  if #ids == 0 then return false end
  for n, state in ipairs(redis.call('HMGET', KEYS[1], unpack(ids))) do
    if state and passes(state) then
      kept = kept + 1
      table.insert(items, ids[n])
      table.insert(items, string.match(state, '^%d+ %d+ (%d+)'))
      if kept == keepMax then
        looked = places[n]
        return true
      end
    end
  end
  return false
end

local bound, readMax = math.min(#found, lookMax), ${readLimits.statesAtOnceMax}
for from = 1, bound, readMax do
  local upTo = math.min(from + readMax - 1, bound)
  local isEnough = take(likelyOf(from, upTo))
  if isEnough then break end
  looked = upTo
end

local nextBefore = ''
if looked < #found or looked == lookMax or isCut then
  nextBefore = redis.call('ZSCORE', KEYS[2], found[looked])
elseif floor > 0 then
  nextBefore = string.format('%.0f', floor + 1)
end
return { nextBefore, looked, unpack(items) }
`)
