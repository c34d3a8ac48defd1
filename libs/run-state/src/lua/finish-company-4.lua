--[[
  Ends a company's walk, once: state, score or failure, and the run's counters. Every tenth of the candidates it
  appends a progress event, so that status moves without one event per company.

  KEYS  1 company  2 run  3 events  4 how many companies of the run wait in each lane
  ARGV  1 state (done | failed | suppressed)  2 score JSON ('' none)  3 failure ('' none)  4 ms the last job walked, without waiting
        5 run TTL s  6.. field, value of the company's journal
  Returns {1, done, failed, candidates} · {0} it had ended before (nothing written) · {-2} no such company or run
]]
local company = redis.call('HMGET', KEYS[1], 'state', 'next', 'walked_ms', 'next_lane')
local state = company[1]
local run = redis.call('HMGET', KEYS[2], 'state', 'candidates', 'enrich_ms_max', 'done', 'failed')
if not state or not run[1] then return {-2} end
if state ~= 'pending' then return {0} end

-- One HSET: each call out of a script costs about as much as the write itself, and this one runs once per company.
local walked = tonumber(ARGV[4]) + tonumber(company[3] or 0)
local fields = { 'state', ARGV[1], 'walk_ms', walked }
for i = 6, #ARGV do fields[#fields + 1] = ARGV[i] end
if ARGV[2] ~= '' then fields[#fields + 1], fields[#fields + 2] = 'score', ARGV[2] end
if ARGV[3] ~= '' then fields[#fields + 1], fields[#fields + 2] = 'failure', ARGV[3] end
redis.call('HSET', KEYS[1], unpack(fields))
if company[4] and company[4] ~= '' then redis.call('HINCRBY', KEYS[4], company[4], -1) end
if company[2] then redis.call('HDEL', KEYS[1], 'next', 'next_lane', 'tries', 'walked_ms', 'waits_since') end

local done, failed, candidates = tonumber(run[4] or 0), tonumber(run[5] or 0), tonumber(run[2] or 0)
if ARGV[1] == 'done' then done = redis.call('HINCRBY', KEYS[2], 'done', 1)
else failed = redis.call('HINCRBY', KEYS[2], 'failed', 1) end
if walked > tonumber(run[3] or 0) then redis.call('HSET', KEYS[2], 'enrich_ms_max', walked) end

local step = math.max(1, math.floor(candidates / 10))
if run[1] == 'running' and candidates > 0 and (done + failed) % step == 0 then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local message = 'Enriching: ' .. (done + failed) .. ' of ' .. candidates .. ' companies'
  if failed > 0 then message = message .. ', ' .. failed .. ' failed' end
  redis.call('HSET', KEYS[2], 'phase', 'enrich', 'message', message, 'updated_at', now)
  local id = redis.call('HINCRBY', KEYS[2], 'event_seq', 1)
  redis.call('XADD', KEYS[3], id .. '-0', 'type', 'progress', 'at', now, 'state', 'running', 'phase', 'enrich',
    'message', message)
  redis.call('EXPIRE', KEYS[3], ARGV[5])
end
return {1, done, failed, candidates}
