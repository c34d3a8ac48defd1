--[[
  Start-time fair queueing: gives a tenant's next jobs their places in a queue, as BullMQ priorities. A job's tag is
  max(V, the tenant's last tag) + units/weight, V being one place before whoever is served next, or was last where nobody waits:
  a tenant that comes late starts where the others are now, and each is served in proportion to its weight. The queue itself
  knows how far it is, so that no worker reports it. Priorities are tags rounded up, counted from a base. In a queue without
  jobs nobody has been served too much: all is forgotten, once the jobs that were given places must have been added to it.

  KEYS  1 fair state of the queue  2 prioritized jobs  3 waiting jobs without a priority  4 delayed jobs  5 active jobs
  ARGV  1 tenant  2 how many jobs  3 units/weight of each ('0': paid for before, served as soon as those now next)
        4 highest priority  5 rebase once the next to be served has this priority  6 ms in which a job is added that was given
        its place, and before a rebase begins  7 TTL s  8 prefix of the queue's job keys
  Returns {'tags', priority of each} · {'rebase', ms} the queue must be rebased first, in so many ms at the earliest
]]
-- The low half of BullMQ's score orders jobs of one priority.
local SCORE = 0x100000000
local ROUNDING = 1e-9

local state = redis.call('HMGET', KEYS[1], 'v', 'base', 'last:' .. ARGV[1], 'shift', 'rebase_at', 'tagged_at')
local v, base, last = tonumber(state[1] or 0), tonumber(state[2] or 0), tonumber(state[3] or 0)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if state[4] then return {'rebase', math.max(0, tonumber(state[5]) - now)} end

-- The priority of whoever is served next, else of whoever was taken up last; nil: there is nobody.
local function place()
  local head = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
  if head[1] then return math.floor(tonumber(head[2]) / SCORE) end
  local latest = redis.call('LINDEX', KEYS[5], 0)
  return latest and tonumber(redis.call('HGET', ARGV[8] .. latest, 'priority') or 0)
end

local priority = place()
if priority then
  if priority >= tonumber(ARGV[5]) then
    -- One place is left before the head, for who was charged before.
    redis.call('HSET', KEYS[1], 'shift', priority - 2, 'rebase_at', now + ARGV[6])
    return {'rebase', tonumber(ARGV[6])}
  end
  v = math.max(v, base + priority - 1)
elseif
  now - tonumber(state[6] or 0) >= tonumber(ARGV[6])
  and redis.call('LLEN', KEYS[3]) == 0
  and redis.call('ZCARD', KEYS[4]) == 0
then
  redis.call('DEL', KEYS[1])
  v, base, last = 0, 0, 0
end

local charge, highest = tonumber(ARGV[3]), tonumber(ARGV[4])
local tag = v
if charge > 0 then tag = math.max(v, last) end
local reply = {'tags'}
for i = 1, tonumber(ARGV[2]) do
  tag = tag + charge
  reply[i + 1] = math.max(1, math.min(highest, math.ceil(tag - base - ROUNDING)))
end
redis.call('HSET', KEYS[1], 'v', string.format('%.17g', v), 'tagged_at', string.format('%.0f', now))
if charge > 0 then redis.call('HSET', KEYS[1], 'last:' .. ARGV[1], string.format('%.17g', tag)) end
redis.call('EXPIRE', KEYS[1], ARGV[7])
return reply
