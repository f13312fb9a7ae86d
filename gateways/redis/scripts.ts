/**
 * What is asked of Redis, each in one step. Times are by its clock, so that it does not matter what the nodes' clocks say. What is
 * not of the form that it was given (another type, other text) counts as nothing.
 */

/** KEYS: the last number. A clock of Redis that is set back does not bring a number back; one that was days ahead does not stay. */
export const DRAW = `
local now = redis.call('TIME')
local ticket = now[1] * 1000000 + now[2]
local found = redis.pcall('GET', KEYS[1])
local last = type(found) == 'string' and tonumber(found) or 0
if last >= ticket and last < ticket + 86400000000 then ticket = last + 1 end
local drawn = string.format('%.0f', ticket)
redis.call('SET', KEYS[1], drawn)
return drawn
`;

/** KEYS: an entry. Returns its text and Redis' time in seconds and microseconds. */
export const LOOK = `
local found = redis.pcall('GET', KEYS[1])
local now = redis.call('TIME')
return {type(found) == 'string' and found or '', now[1], now[2]}
`;

/** KEYS: an entry. ARGV: its ticket, its text, for how many milliseconds. Something with a later ticket stays. */
export const PUT = `
local found = redis.pcall('GET', KEYS[1])
local known = type(found) == 'string' and tonumber(string.match(found, '^(%d+) ')) or 0
if known <= tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 1
`;

/** KEYS: an entry that cannot be read. ARGV: its text, for it may be another one by now. */
export const DROP = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`;

/**
 * KEYS: the ration. ARGV: what this node has read from the pool of payers and from that of the others, how many payers it knows, what it
 * takes for left in each (for a ration that nobody has kept yet), the reads a month or nothing, and the constants of the rule:
 * reads for a payer, reads in any case, the others' share, milliseconds of a month. Returns what is left in each pool, and the most payers that any
 * node knows.
 */
export const SPEND = `
local function number(text)
  local value = tonumber(text)
  if value == nil or value ~= value or value > 1e15 or value < -1e15 then return nil end
  return value
end
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local kept = redis.pcall('HMGET', KEYS[1], 'payers', 'others', 'peak', 'at', 'payersRoom', 'othersRoom')
local old = {}
for index = 1, 6 do old[index] = kept.err == nil and kept[index] and number(kept[index]) or nil end
local isNew = not (old[1] and old[2] and old[3] and old[4] and old[5] and old[6])
local elapsed = isNew and 0 or math.max(0, now - old[4])
local month = number(ARGV[10])
local peak = math.max(number(ARGV[3]), isNew and 0 or old[3] * math.exp(-elapsed / month))
local allowance = number(ARGV[6]) or math.max(number(ARGV[8]), number(ARGV[7]) * peak)
local function left(pool, share)
  local room = allowance / 2 * share
  local before = isNew and number(ARGV[3 + pool]) or old[pool] + math.max(0, room - old[4 + pool]) + elapsed / month * room
  return math.min(room, before) - number(ARGV[pool]), room
end
local payers, payersRoom = left(1, 1 - number(ARGV[9]))
local others, othersRoom = left(2, number(ARGV[9]))
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'payers', tostring(payers), 'others', tostring(others), 'peak', tostring(peak),
  'at', string.format('%.3f', now), 'payersRoom', tostring(payersRoom), 'othersRoom', tostring(othersRoom))
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', 2 * month))
return {tostring(payers), tostring(others), tostring(peak)}
`;
