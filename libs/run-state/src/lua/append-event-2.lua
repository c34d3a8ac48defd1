--[[
  Appends one event to a run that is not terminal, makes it the status, and stores fields with it.

  KEYS  1 run  2 events
  ARGV  1 event type  2 phase  3 message  4 run TTL s  5.. field, value to store with it
  Returns event id · 0 the run is terminal (nothing written) · -2 no such run
]]
local terminal = { needs_input = true, completed = true, partial = true, failed = true, cancelled = true }
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return -2 end
if terminal[state] then return 0 end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 5, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('HSET', KEYS[1], 'phase', ARGV[2], 'message', ARGV[3], 'updated_at', now)
local id = redis.call('HINCRBY', KEYS[1], 'event_seq', 1)
redis.call('XADD', KEYS[2], id .. '-0', 'type', ARGV[1], 'at', now, 'state', state, 'phase', ARGV[2], 'message', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return id
