--[[
  One step of lowering all priorities of a queue, so that they never reach BullMQ's highest. Jobs in hand and delayed come
  first: they return with the priority they have. Then those that wait, in the order of their scores, which keeps it. No tag is
  given out meanwhile. Last, what was taken up before its turn and came back meanwhile; `shift` being half the range at
  least, what has been lowered is not above it.

  KEYS  1 fair state of the queue  2 prioritized jobs  3 active jobs  4 delayed jobs
  ARGV  1 prefix of the queue's job keys  2 jobs per step  3 highest priority
  Returns {'done'} · {'more'} call again · {'wait', ms} it begins in so many ms
]]
local SCORE = 0x100000000

local state = redis.call('HMGET', KEYS[1], 'shift', 'rebase_at', 'delayed_done', 'cursor', 'base')
if not state[1] then return {'done'} end
local time = redis.call('TIME')
local left = tonumber(state[2]) - (time[1] * 1000 + math.floor(time[2] / 1000))
if left > 0 then return {'wait', left} end

local shift, step = tonumber(state[1]), tonumber(ARGV[2])
local function lower(id, above)
  local key = ARGV[1] .. id
  local priority = tonumber(redis.call('HGET', key, 'priority') or 0)
  -- What is older than all that wait comes first.
  if priority > above then redis.call('HSET', key, 'priority', math.max(1, priority - shift)) end
end
local function lower_waiting(from)
  local waiting = redis.call('ZRANGEBYSCORE', KEYS[2], from, '+inf', 'WITHSCORES', 'LIMIT', 0, step)
  for i = 1, #waiting, 2 do
    redis.call('ZADD', KEYS[2], string.format('%.0f', tonumber(waiting[i + 1]) - shift * SCORE), waiting[i])
    lower(waiting[i], 0)
  end
  return #waiting / 2, waiting[#waiting]
end

if state[3] ~= 'all' then
  local from = tonumber(state[3] or 0)
  if from == 0 then
    for _, id in ipairs(redis.call('LRANGE', KEYS[3], 0, -1)) do lower(id, 0) end
  end
  local delayed = redis.call('ZRANGE', KEYS[4], from, from + step - 1)
  for _, id in ipairs(delayed) do lower(id, 0) end
  redis.call('HSET', KEYS[1], 'delayed_done', #delayed < step and 'all' or from + step)
  return {'more'}
end

if state[4] ~= 'end' then
  local from = state[4] and '(' .. state[4] or string.format('%.0f', (shift + 1) * SCORE)
  local count, last = lower_waiting(from)
  redis.call('HSET', KEYS[1], 'cursor', count < step and 'end' or last)
  return {'more'}
end

if 2 * shift >= tonumber(ARGV[3]) then
  if lower_waiting(string.format('%.0f', (shift + 1) * SCORE)) == step then return {'more'} end
  for _, id in ipairs(redis.call('LRANGE', KEYS[3], 0, -1)) do lower(id, shift) end
  for _, id in ipairs(redis.call('ZRANGE', KEYS[4], 0, -1)) do lower(id, shift) end
end
redis.call('HSET', KEYS[1], 'base', string.format('%.17g', tonumber(state[5] or 0) + shift))
redis.call('HDEL', KEYS[1], 'shift', 'rebase_at', 'delayed_done', 'cursor')
return {'done'}
