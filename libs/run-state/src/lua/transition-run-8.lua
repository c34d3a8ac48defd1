--[[
  The run's state machine: moves a run to another state, appends one event and updates the status, or refuses.
  A run that ends and has a webhook, its own or its tenant's, is put into the outbox in the same step.
  What no process counts is left for one that does.
  A transition into the state the run is already in changes nothing, but that a person's pause takes over from one of caps.

  KEYS  1 run  2 events  3 fence  4 active runs  5 tenant's active runs  6 webhook outbox  7 tenant's default webhook  8 uncounted transitions
  ARGV  1 to  2 event type  3 phase ('' keeps it)  4 message  5 run TTL s  6 active member
        7 only a run with this pause reason ('': any)  8 '1': the caller counts none  9 uncounted ones kept at most
        10 uncounted TTL s  11.. field, value to store with it
  Returns {1, from, thread id, source, ms since it was created, traceparent of the run ('': none)} moved · {0, from} already there, or paused for another reason · {-1, from} not allowed · {-2} no such run
]]
local allowed = {
  queued = { running = true, paused = true, cancelled = true, failed = true },
  running = { paused = true, needs_input = true, completed = true, partial = true, failed = true, cancelled = true },
  paused = { running = true, failed = true, cancelled = true },
}
local terminal = { needs_input = true, completed = true, partial = true, failed = true, cancelled = true }

local before = redis.call('HMGET', KEYS[1], 'state', 'pause_reason')
local from, reason = before[1], before[2] or ''
if not from then return {-2} end
local to = ARGV[1]
if ARGV[7] ~= '' and reason ~= ARGV[7] then return {0, from} end
if from == to then
  local takesOver = false
  for i = 11, #ARGV, 2 do
    if ARGV[i] == 'pause_reason' and ARGV[i + 1] == 'person' and reason == 'vendor_cap' then takesOver = true end
  end
  if not takesOver then return {0, from} end
  allowed.paused.paused = true
end
if not (allowed[from] and allowed[from][to]) then return {-1, from} end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 11, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'phase', ARGV[3]) end
redis.call('HSET', KEYS[1], 'state', to, 'message', ARGV[4], 'updated_at', now)
if to == 'running' then redis.call('HSETNX', KEYS[1], 'started_at', now) end
if to == 'paused' then redis.call('HSETNX', KEYS[1], 'paused_at', now)
else redis.call('HDEL', KEYS[1], 'pause_reason', 'paused_at') end
if terminal[to] then
  redis.call('HSET', KEYS[1], 'finished_at', now)
  redis.call('ZREM', KEYS[4], ARGV[6])
  redis.call('SREM', KEYS[5], redis.call('HGET', KEYS[1], 'run_id'))
  redis.call('INCR', KEYS[3])
  redis.call('EXPIRE', KEYS[3], ARGV[5])
end

local id = redis.call('HINCRBY', KEYS[1], 'event_seq', 1)
redis.call('XADD', KEYS[2], id .. '-0', 'type', ARGV[2], 'at', now, 'state', to,
  'phase', redis.call('HGET', KEYS[1], 'phase'), 'message', ARGV[4])
if terminal[to] and (redis.call('HEXISTS', KEYS[1], 'webhook_secret') == 1 or redis.call('EXISTS', KEYS[7]) == 1) then
  redis.call('ZADD', KEYS[6], now, ARGV[6] .. '/' .. id)
end
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[5])
local told = redis.call('HMGET', KEYS[1], 'thread_id', 'source', 'created_at', 'trace')
if ARGV[8] == '1' and (terminal[to] or to == 'paused') then
  redis.call('RPUSH', KEYS[8], cjson.encode({
    to = to, event = ARGV[2], source = told[2], durationMs = now - told[3],
    pauseReason = redis.call('HGET', KEYS[1], 'pause_reason') or nil,
  }))
  redis.call('LTRIM', KEYS[8], -ARGV[9], -1)
  redis.call('EXPIRE', KEYS[8], ARGV[10])
end
return {1, from, told[1], told[2], now - told[3], told[4] or ''}
