--[[
  Opens a chunk of ended companies again under the adder's fence, each once per retry: its state, what it left of its end, the
  given fields of its journal, and the run's counters. Only the first job of the new epoch may walk it.

  KEYS  1 fence  2 run  3.. one company each
  ARGV  1 fence token  2 epoch of the retry  3 run TTL s  4.. per company: its first job, number of fields, the fields
  Returns one number per company (1 to be walked, 0 has ended since or is gone) · -1 fenced out, nothing written
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
local pending, at = {}, 4
for i = 3, #KEYS do
  local job, count = ARGV[at], tonumber(ARGV[at + 1])
  local company = redis.call('HMGET', KEYS[i], 'state', 'retry_epoch')
  local ended = company[1] == 'done' or company[1] == 'failed'
  if ended and company[2] ~= ARGV[2] then
    redis.call('HINCRBY', KEYS[2], company[1], -1)
    redis.call('HDEL', KEYS[i], 'score', 'failure', 'tries', 'walked_ms', 'waits_since', unpack(ARGV, at + 2, at + 1 + count))
    redis.call('HSET', KEYS[i], 'state', 'pending', 'next', job, 'next_lane', '', 'retry_epoch', ARGV[2])
    redis.call('EXPIRE', KEYS[i], ARGV[3])
    company[1] = 'pending'
  end
  pending[i - 2] = company[1] == 'pending' and 1 or 0
  at = at + 2 + count
end
return pending
