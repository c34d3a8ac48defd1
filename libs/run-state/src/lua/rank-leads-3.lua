--[[
  Writes down where leads of a run rank, which of them are new to their tenant, and, if they have been handed over, that
  they are not new to any later run. New is what no other run has handed over, nor this one before another did; said
  twice, it is the same.

  KEYS  1 what the tenant has been handed  2 ranks of the run  3 ranks of its new leads
  ARGV  1 run TTL s  2 how long a company stays known, s  3 '1': the leads have been handed over
        4.. per lead: company id, rank, '1' if there is something in it
  Returns the number of new leads among them
]]
local time = redis.call('TIME')
local now, keep = time[1] * 1000 + math.floor(time[2] / 1000), tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. (now - keep * 1000))
local new = 0
for i = 4, #ARGV, 3 do
  local company, rank = ARGV[i], ARGV[i + 1]
  redis.call('ZADD', KEYS[2], rank, company)
  if redis.call('ZSCORE', KEYS[3], company) or not redis.call('ZSCORE', KEYS[1], company) then
    redis.call('ZADD', KEYS[3], rank, company)
    new = new + 1
  end
  if ARGV[3] == '1' and ARGV[i + 2] == '1' then redis.call('ZADD', KEYS[1], 'NX', now, company) end
end
redis.call('EXPIRE', KEYS[1], keep)
redis.call('EXPIRE', KEYS[2], ARGV[1])
redis.call('EXPIRE', KEYS[3], ARGV[1])
return new
