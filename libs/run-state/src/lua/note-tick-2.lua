--[[
  Notes when a schedule's last run began, or ended well. So many schedules have a name of their own at most; one that has been silent
  for long makes room, and further ones share a name.

  KEYS  1 starts  2 successes
  ARGV  1 schedule  2 'start' | 'success'  3 most names  4 the shared name  5 silent for so many ms = gone
  Returns the name it is noted under
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, key in ipairs(KEYS) do redis.call('ZREMRANGEBYSCORE', key, '-inf', now - ARGV[5]) end
local name = ARGV[1]
-- A success is noted under the name its start was noted under, as long as that is known.
if not redis.call('ZSCORE', KEYS[1], name) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then name = ARGV[4] end
if ARGV[2] == 'success' and not redis.call('ZSCORE', KEYS[1], name) then redis.call('ZADD', KEYS[1], now, name) end
local key = ARGV[2] == 'start' and KEYS[1] or KEYS[2]
redis.call('ZADD', key, now, name)
redis.call('PEXPIRE', key, ARGV[5])
return name
