--[[
  A person closes a cap for a time (a longer closure stands), or reopens one: then it is open at once, its breaker, too.

  KEYS  1 cap  2 events of caps
  ARGV  1 'close' | 'reopen'  2 cap id  3 ms  4 why, or who
  Returns 1 changed · 0 it was so before
]]
local DAY_MS = 86400000
local cap = redis.call('HMGET', KEYS[1], 'now', 'closed_until', 'faults')
local time = redis.call('TIME')
local now = math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(cap[1] or 0))
local closed = tonumber(cap[2] or 0)
local event
if ARGV[1] == 'close' then
  local until_ = now + tonumber(ARGV[3])
  if until_ <= closed then return 0 end
  redis.call('HSET', KEYS[1], 'now', now, 'closed_until', until_, 'closed_why', ARGV[4])
  local lives = until_ - now + DAY_MS
  if redis.call('PTTL', KEYS[1]) < lives then
    redis.call('PEXPIRE', KEYS[1], lives)
    redis.call('HSET', KEYS[1], 'kept_until', now + lives)
  end
  event = { 'what', 'closed', 'why', ARGV[4], 'until', until_ }
else
  if closed <= now and tonumber(cap[3] or 0) == 0 then return 0 end
  redis.call('HDEL', KEYS[1], 'closed_until', 'closed_why', 'faults', 'probe_at', 'probe')
  event = { 'what', 'reopened', 'who', ARGV[4] }
end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', 1000, '*', 'cap', ARGV[2], 'at', now, unpack(event))
redis.call('PEXPIRE', KEYS[2], 30 * DAY_MS)
return 1
