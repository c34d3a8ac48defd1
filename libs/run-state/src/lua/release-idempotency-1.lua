--[[
  Gives an idempotency key back whose request made no run, if it is still this claim's.

  KEYS  1 idempotency entry
  ARGV  1 claim
  Returns 1 released · 0 it is another's by now, or has made its run
]]
local entry = redis.call('HMGET', KEYS[1], 'claim', 'run_id')
if entry[1] ~= ARGV[1] or entry[2] then return 0 end
return redis.call('DEL', KEYS[1])
