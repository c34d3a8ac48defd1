--[[
  Gives the caller the sole right to add companies to a run; whoever held it before is fenced out from this moment.

  KEYS  1 run  2 fence
  ARGV  1 run TTL s
  Returns {1, token, cursor} · {0, state} the run takes no more companies (terminal, or its export has begun) · {-2} no such run
]]
local run = redis.call('HMGET', KEYS[1], 'state', 'adding', 'cursor')
if not run[1] then return {-2} end
local open = run[1] == 'queued' or run[1] == 'running' or run[1] == 'paused'
if not open or run[2] == 'closed' then return {0, run[1]} end
local token = redis.call('INCR', KEYS[2])
redis.call('EXPIRE', KEYS[2], ARGV[1])
return {1, token, run[3] or '0'}
