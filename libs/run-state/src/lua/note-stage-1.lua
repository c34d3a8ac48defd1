--[[
  Stores how long a stage of a run took. A run that has expired meanwhile is not begun anew, without a time to live.

  KEYS  1 run
  ARGV  1 field  2 ms
  Returns 1 stored · -2 no such run
]]
if redis.call('EXISTS', KEYS[1]) == 0 then return -2 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
