--[[
  Writes a step that needed no call, because its answer was bought before, into the company's journal, and counts it and what
  it saved: once, however often it is asked for.

  KEYS  1 run  2 company  3 ledger
  ARGV  1 vendor  2.. field, value of the company's journal
  Returns 1 written · 0 the company has ended, or it was written before
]]
if redis.call('HGET', KEYS[2], 'state') ~= 'pending' then return 0 end
if #ARGV > 1 and redis.call('HSET', KEYS[2], unpack(ARGV, 2)) == 0 then return 0 end
if redis.call('EXISTS', KEYS[1]) == 0 then return 1 end
redis.call('HINCRBY', KEYS[1], 'u:' .. ARGV[1] .. ':cached', 1)
local saved = redis.call('HGET', KEYS[3], 'cost') or '0'
if saved ~= '0' then redis.call('HINCRBY', KEYS[1], 'u:' .. ARGV[1] .. ':saved', saved) end
return 1
