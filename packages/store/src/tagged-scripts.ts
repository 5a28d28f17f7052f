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

local function enter(id, place, facets)
  for facet in string.gmatch(facets, '[^\\n]+') do
    local key = facetPrefix .. facet
    if redis.call('ZADD', key, place, id) == 1 then
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
  local former, was, places, withdrawn, takenBack = '', '', '', 0, '0'
  if state then
    local v, t, own, stood, before, back, lines =
      string.match(state, '^(%d+) (%d+) (%d+) (%a+) ([%d,]*) (%d+)(.*)$')
    v, t = tonumber(v), tonumber(t)
    local newer = tonumber(version) > v or (tonumber(version) == v and tonumber(tagging) > t)
    if not newer or tonumber(sequence) <= tonumber(own) then
      local outcome, place = formerOf(own, before, sequence)
      return outcome, place, ''
    end
    former, was, places, takenBack = own, lines, placesAfter(before, own), back
    if stood == 'canceled' then withdrawn = -1 end
  end
  if status == 'canceled' then withdrawn = withdrawn + 1 end
  if status ~= 'usable' then takenBack = sequence end
  local formerFull = state and wantFormer and redis.call('HGET', KEYS[3], id) or ''
  leave(id, was, facets)
  enter(id, place, facets)
  local head = table.concat({ version, tagging, sequence, status, places, takenBack }, ' ')
  redis.call('HSET', KEYS[2], id, head .. facets)
  redis.call('ZADD', KEYS[4], place, id)
  -- What is tagged again where it lies may be old: then it is not among the whole ones.
  if place == sequence or redis.call('ZREVRANK', KEYS[4], id) < fullMax then
    redis.call('HSET', KEYS[3], id, full)
  else
    redis.call('HDEL', KEYS[3], id)
  end
  if not state or keepsWords == '0' then redis.call('HSET', KEYS[6], id, words) end
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

local found, seen = {}, {}
local function gather(key)
  local bottom = '(' .. string.format('%.0f', floor)
  local rows = redis.call('ZREVRANGEBYSCORE', key, ceiling, bottom, 'WITHSCORES', 'LIMIT', 0, lookMax)
  for i = 1, #rows, 2 do
    if not seen[rows[i]] then
      seen[rows[i]] = true
      table.insert(found, { id = rows[i], place = rows[i + 1], score = tonumber(rows[i + 1]) })
    end
  end
end
if driver then
  for _, facet in ipairs(driver) do gather(facetPrefix .. facet) end
  if #driver > 1 then table.sort(found, function(a, b) return a.score > b.score end) end
else
  gather(KEYS[2])
end

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
local function standing(id)
  if hasWords and not mayHave(redis.call('HGET', KEYS[4], id), terms.words) then return nil end
  local state = redis.call('HGET', KEYS[1], id)
  return state and passes(state) and state or nil
end

local looked, kept, items = 0, 0, {}
for i = 1, math.min(#found, lookMax) do
  local row = found[i]
  looked = i
  local state = standing(row.id)
  if state then
    kept = kept + 1
    table.insert(items, row.id)
    table.insert(items, string.match(state, '^%d+ %d+ (%d+)'))
    if kept == keepMax then break end
  end
end

local nextBefore = ''
if looked < #found or looked == lookMax then
  nextBefore = found[looked].place
elseif floor > 0 then
  nextBefore = string.format('%.0f', floor + 1)
end
return { nextBefore, looked, unpack(items) }
`)
