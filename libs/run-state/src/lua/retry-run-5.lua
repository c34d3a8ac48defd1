--[[
  The one way back from an end (ADR 0009): a run that ended as completed, partial or failed goes on, for some of its companies
  to be walked again. What it left of its end is forgotten, it takes companies again, and its jobs have a new epoch. Whoever
  does it first does it: for everybody else the run goes on already.

  KEYS  1 run  2 events  3 fence  4 active runs  5 tenant's active runs
  ARGV  1 message  2 run TTL s  3 active member  4 run id  5 why companies are walked again, apart by blanks
        6 most active runs of the tenant ('0': any number)
  Returns {1, from, thread id, source, ms since it was created, epoch, traceparent of the run ('': none)} moved · {-1, from} not allowed · {-2} no such run
          · {-3, how many} the tenant has as many active runs as it may
]]
local retriable = { completed = true, partial = true, failed = true }
local from = redis.call('HGET', KEYS[1], 'state')
if not from then return {-2} end
if not retriable[from] then return {-1, from} end
local active = redis.call('SCARD', KEYS[5])
if ARGV[6] ~= '0' and active >= tonumber(ARGV[6]) then return {-3, active} end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
redis.call('HDEL', KEYS[1], 'adding', 'output', 'problem', 'finished_at')
redis.call('HSET', KEYS[1], 'state', 'running', 'phase', 'enrich', 'message', ARGV[1], 'updated_at', now,
  'retry_epoch', epoch, 'retry_causes', ARGV[5])
redis.call('ZADD', KEYS[4], now, ARGV[3])
redis.call('SADD', KEYS[5], ARGV[4])
redis.call('INCR', KEYS[3])
local id = redis.call('HINCRBY', KEYS[1], 'event_seq', 1)
redis.call('XADD', KEYS[2], id .. '-0', 'type', 'run_retried', 'at', now, 'state', 'running', 'phase', 'enrich',
  'message', ARGV[1])
for i = 1, 5 do if i ~= 4 then redis.call('EXPIRE', KEYS[i], ARGV[2]) end end
local told = redis.call('HMGET', KEYS[1], 'thread_id', 'source', 'created_at', 'trace')
return {1, from, told[1], told[2], now - told[3], epoch, told[4] or ''}
