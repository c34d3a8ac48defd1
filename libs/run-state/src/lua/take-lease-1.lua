--[[
  Takes or keeps a cell-wide duty for a while.

  KEYS  1 lease
  ARGV  1 holder  2 lease ms
  Returns 1 it is the holder's · 0 somebody else holds it
]]
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
