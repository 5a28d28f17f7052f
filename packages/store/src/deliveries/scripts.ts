import { fenceLua } from '../mark.js'
import { createScript } from '../redis.js'
import { deliveryReadLimits as limits } from './limits.js'

/**
 * Where a script keeps what it changes of endpoints, and how a state is set: in the row of the
 * endpoint's sequences, in the plan, and in the counts.
 */
const stateLua = `
local ofPrefix, namesPrefix, statesPrefix, answersPrefix = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local letters = 'wrdfs'
local rows, changed, total = {}, {}, 0
local before = tonumber(redis.call('HGET', KEYS[1], 'total') or 0)

local function rowOf(endpoint)
  local row = rows[endpoint]
  if row then return row end
  row = {}
  for value in string.gmatch(redis.call('HGET', KEYS[6], endpoint) or '', '%d+') do
    table.insert(row, tonumber(value))
  end
  rows[endpoint] = row
  return row
end
local function count(endpoint, letter, by)
  local row = rowOf(endpoint)
  local at = 2 + string.find(letters, letter, 1, true)
  row[at], changed[endpoint] = row[at] + by, true
end
local function replaced(text, at, letter)
  return string.sub(text, 1, at - 1) .. letter .. string.sub(text, at + 1)
end
local function setSequence(endpoint, sequence, letter)
  local key, field = statesPrefix .. endpoint, math.floor(sequence / ${limits.rowSequences})
  local at = sequence % ${limits.rowSequences} + 1
  local states = redis.call('HGET', key, field) or ''
  if #states < at then states = states .. string.rep('-', at - #states) end
  redis.call('HSET', key, field, replaced(states, at, letter))
end
-- A plan is read and written once, however many of its deliveries change. False: not kept.
local plans, stood = {}, {}
local function planOf(plan)
  if plans[plan] == nil then plans[plan] = redis.call('HGET', KEYS[2], plan) end
  return plans[plan]
end
local function setPlan(plan, text)
  if stood[plan] == nil then stood[plan] = planOf(plan) end
  plans[plan] = text
end
local function numbersOf(text)
  local states, numbers = text and string.match(text, '^[^\\n]*') or '', {}
  for at = 1, #letters do
    local letter = string.sub(letters, at, at)
    local _, number = string.gsub(states, letter, letter)
    numbers[at] = number
  end
  return numbers
end
-- Which blocks of plans have deliveries in a state, and which plans of a block: the others are
-- passed by in a search. By state and block: how many more, and the signs of places.
local blocks = {}
local function noteBlock(plan, was, is)
  local size = ${limits.blockPlaces}
  local block, place = math.floor(tonumber(plan) / size), tonumber(plan) % size + 1
  for at = 1, #letters do
    if was[at] ~= is[at] then
      blocks[at] = blocks[at] or {}
      local noted = blocks[at][block] or { by = 0, signs = {} }
      noted.by = noted.by + is[at] - was[at]
      if was[at] == 0 then noted.signs[place] = '+' end
      if is[at] == 0 then noted.signs[place] = '-' end
      blocks[at][block] = noted
    end
  end
end
local function saveBlock(at, block, noted)
  if redis.call('HINCRBY', KEYS[6 + at], block, noted.by) == 0 then
    redis.call('HDEL', KEYS[6 + at], block)
    redis.call('HDEL', KEYS[11 + at], block)
    return
  end
  if next(noted.signs) == nil then return end
  local row = redis.call('HGET', KEYS[11 + at], block)
  row = row or string.rep('-', ${limits.blockPlaces})
  for place, sign in pairs(noted.signs) do row = replaced(row, place, sign) end
  redis.call('HSET', KEYS[11 + at], block, row)
end
local function savePlans()
  for plan, was in pairs(stood) do
    local is = plans[plan]
    if is then redis.call('HSET', KEYS[2], plan, is) else redis.call('HDEL', KEYS[2], plan) end
    noteBlock(plan, numbersOf(was), numbersOf(is))
  end
  for at, counts in pairs(blocks) do
    for block, noted in pairs(counts) do saveBlock(at, block, noted) end
  end
end
local function nameKeyOf(idKey)
  return namesPrefix .. (string.match(idKey, '^....([%w_-][%w_-])') or '')
end
local function saveRows()
  for endpoint, _ in pairs(changed) do
    local row = rows[endpoint]
    if row[1] > row[2] then
      redis.call('HDEL', KEYS[6], endpoint)
      redis.call('UNLINK', statesPrefix .. endpoint)
    else
      redis.call('HSET', KEYS[6], endpoint, table.concat(row, ' '))
    end
  end
  if total ~= 0 then redis.call('HINCRBY', KEYS[1], 'total', total) end
end
`

/** How the oldest deliveries leave; a plan leaves with the last of its own. */
const dropLua = `
local function dropPlan(plan, head)
  local item = cjson.decode(head)[1]
  setPlan(plan, false)
  redis.call('HDEL', KEYS[3], plan)
  redis.call('ZREM', KEYS[4], plan)
  local kept = {}
  for each in string.gmatch(redis.call('HGET', KEYS[5], item) or '', '%d+') do
    if each ~= plan then table.insert(kept, each) end
  end
  if #kept == 0 then redis.call('HDEL', KEYS[5], item)
  else redis.call('HSET', KEYS[5], item, table.concat(kept, ' ')) end
end
local function setInPlan(plan, index, letter)
  local text = planOf(plan)
  if not text then return end
  local cut = string.find(text, '\\n', 1, true)
  text = replaced(text, index, letter)
  local first = letter == '-' and string.find(text, '[^%-]')
  if first == cut then return dropPlan(plan, string.sub(text, cut + 1)) end
  setPlan(plan, text)
end
local function drop(endpoint, sequence)
  local key, row = ofPrefix .. endpoint, rowOf(endpoint)
  local record = redis.call('HGET', key, sequence)
  if not record then return end
  local plan, index, letter, id = string.match(record, '^(%d+) (%d+) (%a) %d+ (%S+)')
  redis.call('HDEL', key, sequence)
  local idKey = string.sub(id, 1, ${limits.idKeyChars})
  local nameKey = nameKeyOf(idKey)
  if redis.call('HGET', nameKey, idKey) == endpoint .. ' ' .. sequence then
    redis.call('HDEL', nameKey, idKey)
  end
  setSequence(endpoint, sequence, '-')
  setInPlan(plan, tonumber(index), '-')
  count(endpoint, letter, -1)
  total = total - 1
end
-- Everything up to this sequence leaves, gaps and all.
local function dropUpTo(endpoint, sequence)
  local row = rowOf(endpoint)
  while row[1] and row[1] <= sequence do
    drop(endpoint, row[1])
    row[1], changed[endpoint] = row[1] + 1, true
    if row[1] % ${limits.rowSequences} == 0 then
      redis.call('HDEL', statesPrefix .. endpoint, row[1] / ${limits.rowSequences} - 1)
    end
  end
end
`

const planLua = `
local function addDelivery(plan, index, endpoint, sequence, idKey, tail)
  local row = rowOf(endpoint)
  if not row[1] or row[1] > row[2] then
    rows[endpoint] = { sequence, sequence, 0, 0, 0, 0, 0 }
    row = rows[endpoint]
  end
  if sequence < row[1] then return '-' end
  drop(endpoint, sequence)
  redis.call('HSET', ofPrefix .. endpoint, sequence, table.concat({ plan, index, 'w', tail }, ' '))
  redis.call('HSET', nameKeyOf(idKey), idKey, endpoint .. ' ' .. sequence)
  setSequence(endpoint, sequence, 'w')
  row[2] = math.max(row[2], sequence)
  count(endpoint, 'w', 1)
  total = total + 1
  return 'w'
end

-- After each plan, so that what is left does not depend on how the entries came together.
local function dropOldest()
  while before + total > totalMax do
    local oldest = redis.call('ZRANGE', KEYS[4], 0, 0)[1]
    if not oldest then return end
    for endpoint, sequence in string.gmatch(redis.call('HGET', KEYS[3], oldest), '(%S+) (%d+)') do
      dropUpTo(endpoint, tonumber(sequence))
    end
    local text = planOf(oldest)
    if text then dropPlan(oldest, string.sub(text, string.find(text, '\\n', 1, true) + 1)) end
  end
end

-- ARGV from \`at\`: plan, head, item, count, then per delivery endpoint, sequence, idKey, tail.
local function addPlan(at)
  local plan, head, item, size = ARGV[at], ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3])
  local states, lines = {}, {}
  for index = 1, size do
    local from = at + index * 4
    local endpoint, sequence, idKey, tail = unpack(ARGV, from, from + 3)
    table.insert(lines, endpoint .. ' ' .. sequence)
    table.insert(states, addDelivery(plan, index, endpoint, tonumber(sequence), idKey, tail))
  end
  setPlan(plan, table.concat(states) .. '\\n' .. head)
  redis.call('HSET', KEYS[3], plan, table.concat(lines, '\\n'))
  redis.call('ZADD', KEYS[4], plan, plan)
  local all = (redis.call('HGET', KEYS[5], item) or '') .. ' ' .. plan
  local _, number = string.gsub(all, ' ', ' ')
  if number > ${limits.itemPlansMax} then all = string.gsub(all, '^ %d+', '') end
  redis.call('HSET', KEYS[5], item, all)
  for index = 1, size do
    local endpoint = ARGV[at + index * 4]
    dropUpTo(endpoint, rowOf(endpoint)[2] - endpointMax)
  end
  dropOldest()
end
`

const outcomeLua = `
local function noteAnswer(endpoint, sequence, status, place)
  if status == '0' then return end
  local key = answersPrefix .. status
  redis.call('ZADD', key, place, endpoint .. ' ' .. sequence)
  redis.call('ZREMRANGEBYRANK', key, 0, -perStatusMax - 1)
end
-- ARGV from \`at\`: endpoint, sequence, letter, status or 0, lines. What has left stays away.
local function addOutcome(at, place)
  local endpoint, sequence, letter, status, lines = unpack(ARGV, at, at + 4)
  local key = ofPrefix .. endpoint
  local record = redis.call('HGET', key, sequence)
  if not record then return at + 5 end
  noteAnswer(endpoint, sequence, status, place)
  local plan, index, was, rest = string.match(record, '^(%d+) (%d+) (%a) (.*)$')
  rest = rest .. '\\n' .. lines
  local _, attempts = string.gsub(rest, '\\n', '\\n')
  if attempts > ${limits.attemptsMax} then rest = string.gsub(rest, '\\n[^\\n]*', '', 1) end
  redis.call('HSET', key, sequence, table.concat({ plan, index, letter, rest }, ' '))
  if letter ~= was then
    setSequence(endpoint, tonumber(sequence), letter)
    setInPlan(plan, tonumber(index), letter)
    count(endpoint, was, -1)
    count(endpoint, letter, 1)
  end
  return at + 5
end
`

/**
 * Writes entries of the ledger. KEYS: `deliveryModelKeys`. ARGV: span,
 * prefixes (deliveries, names, states, answers), endpointDeliveriesMax, deliveriesMax,
 * perStatusMax, count, then per entry its sequence and `plan` or the number of its outcomes, and
 * what `addPlan` and `addOutcome` take.
 */
export const applyDeliveriesScript = createScript(`
${fenceLua}
-- What another projector wrote stands up to the mark as it was: a repeat is passed by.
local done = tonumber(mark[2])
local endpointMax, totalMax, perStatusMax = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
${stateLua}
${dropLua}
${planLua}
${outcomeLua}
local at = 12
for entry = 1, tonumber(ARGV[11]) do
  local place, kind, size = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  local isNew = tonumber(place) > done
  local from = at + 3
  at = from + size
  if isNew and kind == 'plan' then addPlan(from) end
  if isNew and kind == 'outcomes' then
    while from < at do from = addOutcome(from, place) end
  end
end
saveRows()
savePlans()
return 'applied'
`)

/**
 * Empties the model in one step. KEYS: `deliveryModelKeys`. ARGV: epoch
 * (empty for any), prefixes of what lies by endpoint, then those of names and answers.
 */
export const resetDeliveriesScript = createScript(`
if ARGV[1] ~= '' and redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
for _, endpoint in ipairs(redis.call('HKEYS', KEYS[6])) do
  for prefix = 2, 4 do redis.call('UNLINK', ARGV[prefix] .. endpoint) end
end
local signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'
redis.call('UNLINK', ARGV[5])
for one in string.gmatch(signs, '.') do
  for two in string.gmatch(signs, '.') do redis.call('UNLINK', ARGV[5] .. one .. two) end
end
for status = 100, 599 do redis.call('UNLINK', ARGV[6] .. status) end
for _, key in ipairs(KEYS) do redis.call('UNLINK', key) end
return 1
`)
