--[[
  Appends one entry to the audit log if nothing has come after the one its hash continues, and drops what is past retention.

  KEYS  1 log  2 the log's ends
  ARGV  1 hash of the entry before ('' for the first)  2 this one's seq  3 its hash  4 its time, ms  5 oldest time to keep, ms
        6 its text
  Returns 1 appended · 0 another entry came first: read the end again
]]
if (redis.call('HGET', KEYS[2], 'hash') or '') ~= ARGV[1] then return 0 end

redis.call('XADD', KEYS[1], ARGV[2] .. '-0', 'hash', ARGV[3], 'at', ARGV[4], 'entry', ARGV[6])
redis.call('HSET', KEYS[2], 'seq', ARGV[2], 'hash', ARGV[3])

-- A few at a time: they leave as fast as new ones come, and Redis serves others meanwhile.
for _, oldest in ipairs(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 20)) do
  if tonumber(oldest[2][4]) >= tonumber(ARGV[5]) then break end
  redis.call('XDEL', KEYS[1], oldest[1])
  redis.call('HSET', KEYS[2], 'dropped_hash', oldest[2][2])
end
return 1
