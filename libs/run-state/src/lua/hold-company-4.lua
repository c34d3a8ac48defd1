--[[
  Sets a company aside while a person has paused its run: no job walks it until the run is resumed. Taken from the job that
  walks it now and from no other; said twice, it is said once.

  KEYS  1 company  2 run  3 companies set aside  4 how many companies of the run wait in each lane
  ARGV  1 job that walks it now  2 company id  3 ms it has walked  4 run TTL s  5.. field, value of the company's journal
  Returns 1 set aside · 2 the run is not paused by a person: walk on · 0 the company or its run has ended · -1 another job walks it
]]
local company = redis.call('HMGET', KEYS[1], 'state', 'next', 'next_lane')
local run = redis.call('HMGET', KEYS[2], 'state', 'pause_reason')
if company[1] ~= 'pending' then return 0 end
if run[1] == 'running' or run[1] == 'queued' or run[2] == 'vendor_cap' then return 2 end
if run[1] ~= 'paused' then return 0 end
if company[2] == 'held' then return 1 end
if company[2] and company[2] ~= ARGV[1] then return -1 end

redis.call('HSET', KEYS[1], 'next', 'held', 'next_lane', '')
redis.call('HDEL', KEYS[1], 'waits_since')
redis.call('HINCRBY', KEYS[1], 'walked_ms', ARGV[3])
for i = 5, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
if company[3] and company[3] ~= '' then redis.call('HINCRBY', KEYS[4], company[3], -1) end
redis.call('SADD', KEYS[3], ARGV[2])
redis.call('EXPIRE', KEYS[3], ARGV[4])
return 1
