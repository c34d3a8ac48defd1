--[[
  Stores a secret that was sealed anew, unless another one has been set since it was read.

  KEYS  1 the tenant's credentials, or its webhook
  ARGV  1 field: vendor, or `sealed`  2 as read  3 sealed anew
  Returns 1 stored · 0 it is another one
]]
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
