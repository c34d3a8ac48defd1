--[[
  Stores a chunk of shortlisted companies under the adder's fence; a company that exists already is left as it is.

  KEYS  1 fence  2 companies  3.. one company each
  ARGV  1 fence token  2 run TTL s  3.. per company: id, position, base document (JSON)
  Returns one number per company (1 pending, 0 terminal already) · -1 fenced out, nothing written
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
local ids = {}
for arg = 3, #ARGV, 3 do ids[#ids + 1] = ARGV[arg] end
if #ids == 0 then return {} end
-- One call for all of them, before each is asked for its state and after: a chunk is hundreds, most of them new.
local listed, stored, added, pending = redis.call('ZMSCORE', KEYS[2], unpack(ids)), {}, {}, {}
for i = 1, #ids do
  local company = KEYS[2 + i]
  local state = (listed[i] or stored[company]) and redis.call('HGET', company, 'state')
  if not state then
    stored[company] = true
    redis.call('HSET', company, 'state', 'pending', 'base', ARGV[3 * i + 2])
    redis.call('EXPIRE', company, ARGV[2])
    added[#added + 1], added[#added + 2] = ARGV[3 * i + 1], ids[i]
    state = 'pending'
  end
  pending[i] = state == 'pending' and 1 or 0
end
if #added > 0 then redis.call('ZADD', KEYS[2], unpack(added)) end
redis.call('EXPIRE', KEYS[2], ARGV[2])
return pending
