--[[
  Gives a run that has no trace one; whoever comes first decides which.

  KEYS  1 run
  ARGV  1 traceparent
  Returns the run's traceparent · '' there is no such run
]]
if redis.call('EXISTS', KEYS[1]) == 0 then return '' end
redis.call('HSETNX', KEYS[1], 'trace', ARGV[1])
return redis.call('HGET', KEYS[1], 'trace')
