--[[
  Writes down that a worker is about to walk a company of which workers may have died, with hardly anybody else in hand: should
  it die now, this company is why.

  KEYS  1 company
  ARGV  1 job that walks it
  Returns 1 written · 2 a worker that walked this job alone has died · 0 the company has ended, or there is none
]]
local company = redis.call('HMGET', KEYS[1], 'state', 'alone')
if company[1] ~= 'pending' then return 0 end
if company[2] == ARGV[1] then return 2 end
redis.call('HSET', KEYS[1], 'alone', ARGV[1])
return 1
