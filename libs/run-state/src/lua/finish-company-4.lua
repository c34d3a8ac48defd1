--[[
  Ends a company's walk, once: state, score or failure, and the run's counters. Every tenth of the candidates it
  appends a progress event, so that status moves without one event per company.

  KEYS  1 company  2 run  3 events  4 how many companies of the run wait in each lane
  ARGV  1 state (done | failed | suppressed)  2 score JSON ('' none)  3 failure ('' none)  4 ms the last job walked, without waiting
        5 run TTL s  6.. field, value of the company's journal
  Returns 1 ended · 0 it had ended before (nothing written) · -2 no such company or run
]]
local command = include('command')
local RUN_FIELDS = { 'state', 'candidates', 'enrich_ms_max', 'done', 'failed', 'event_seq' }

-- Each call:
local company = redis.call('HMGET', KEYS[1], 'state', 'next', 'walked_ms', 'next_lane')
local state = company[1]
local hash, run = command.fields(KEYS[2], RUN_FIELDS)
if not state or not run.state then return -2 end
if state ~= 'pending' then return 0 end

-- One HSET: each call out of a script costs about as much as the write itself, and this one runs once per company.
local walked = tonumber(ARGV[4]) + tonumber(company[3] or 0)
local fields = { 'state', ARGV[1], 'walk_ms', string.format('%d', walked) }
for i = 6, #ARGV do fields[#fields + 1] = ARGV[i] end
if ARGV[2] ~= '' then fields[#fields + 1], fields[#fields + 2] = 'score', ARGV[2] end
if ARGV[3] ~= '' then fields[#fields + 1], fields[#fields + 2] = 'failure', ARGV[3] end
redis.call('HSET', KEYS[1], unpack(fields))
if company[4] and company[4] ~= '' then redis.call('HINCRBY', KEYS[4], company[4], -1) end
if company[2] then redis.call('HDEL', KEYS[1], 'next', 'next_lane', 'tries', 'walked_ms', 'waits_since') end

local done, failed, candidates = command.number(run, 'done'), command.number(run, 'failed'), command.number(run, 'candidates')
-- Who must not be contacted has ended as it should.
if ARGV[1] == 'failed' then
  failed = failed + 1
  command.write(hash, 'failed', failed)
else
  done = done + 1
  command.write(hash, 'done', done)
end
if walked > command.number(run, 'enrich_ms_max') then command.write(hash, 'enrich_ms_max', walked) end

local step = math.max(1, math.floor(candidates / 10))
if run.state == 'running' and candidates > 0 and (done + failed) % step == 0 then
  local now = command.time()
  local message = 'Enriching: ' .. (done + failed) .. ' of ' .. candidates .. ' companies'
  if failed > 0 then message = message .. ', ' .. failed .. ' failed' end
  local id = command.number(run, 'event_seq') + 1
  command.write(hash, 'phase', 'enrich')
  command.write(hash, 'message', message)
  command.write(hash, 'updated_at', now)
  command.write(hash, 'event_seq', id)
  redis.call('XADD', KEYS[3], id .. '-0', 'type', 'progress', 'at', now, 'state', 'running', 'phase', 'enrich',
    'message', message)
  redis.call('EXPIRE', KEYS[3], ARGV[5])
end
return 1
