--[[
  Ends the adding of companies for good: called once by the export stage before it reads them.

  KEYS  1 run  2 fence
  ARGV  1 run TTL s
  Returns the run's state · '' no such run
]]
local run = redis.call('HMGET', KEYS[1], 'state', 'adding')
if not run[1] then return '' end
if run[2] ~= 'closed' then
  redis.call('HSET', KEYS[1], 'adding', 'closed')
  redis.call('INCR', KEYS[2])
  redis.call('EXPIRE', KEYS[2], ARGV[1])
end
return run[1]
