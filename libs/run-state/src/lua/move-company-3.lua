--[[
  Writes down where a company's walk goes on, before the job is added that goes on with it: from then on only that job may
  walk the company. Taken from the job that walks it now and from no other; said twice, it is said once.

  KEYS  1 company  2 run  3 how many companies of the run wait in each lane
  ARGV  1 job that walks it now  2 the next job  3 lane of the next ('': the stage's own queue)  4 ms it has walked
        5 failed attempts at the step it waits for  6 run TTL s
        7.. field, value of the company's journal
  Returns 1 written · 0 the company or its run has ended, or takes no more jobs · -1 another job walks the company
]]
local company = redis.call('HMGET', KEYS[1], 'state', 'next', 'waits_since', 'next_lane')
local run = redis.call('HMGET', KEYS[2], 'state', 'adding')
if company[1] ~= 'pending' or run[2] == 'closed' then return 0 end
if run[1] ~= 'running' and run[1] ~= 'queued' and run[1] ~= 'paused' then return 0 end
if company[2] == ARGV[2] then return 1 end
-- Until its first move the company is whoever's has its first job.
if company[2] and company[2] ~= ARGV[1] then return -1 end

redis.call('HSET', KEYS[1], 'next', ARGV[2], 'next_lane', ARGV[3], 'tries', ARGV[5])
redis.call('HINCRBY', KEYS[1], 'walked_ms', ARGV[4])
for i = 7, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
if company[4] and company[4] ~= '' then redis.call('HINCRBY', KEYS[3], company[4], -1) end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], 'waits_since')
  return 1
end
redis.call('HINCRBY', KEYS[3], ARGV[3], 1)
redis.call('EXPIRE', KEYS[3], ARGV[6])
if not company[3] then
  local time = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'waits_since', time[1] * 1000 + math.floor(time[2] / 1000))
end
return 1
