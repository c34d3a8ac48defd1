--[[
  Stores a chunk of shortlisted companies under the adder's fence; a company that exists already is left as it is.

  KEYS  1 fence  2 companies  3.. one company each
  ARGV  1 fence token  2 run TTL s  3.. per company: id, position, base document (JSON)
  Returns one number per company (1 pending, 0 terminal already) · -1 fenced out, nothing written
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
local pending = {}
for i = 3, #KEYS do
  local arg = 3 + (i - 3) * 3
  local state = redis.call('HGET', KEYS[i], 'state')
  if not state then
    redis.call('HSET', KEYS[i], 'state', 'pending', 'base', ARGV[arg + 2])
    redis.call('EXPIRE', KEYS[i], ARGV[2])
    redis.call('ZADD', KEYS[2], ARGV[arg + 1], ARGV[arg])
    state = 'pending'
  end
  pending[i - 2] = state == 'pending' and 1 or 0
end
redis.call('EXPIRE', KEYS[2], ARGV[2])
return pending
