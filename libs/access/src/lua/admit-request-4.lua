--[[
  Everything a request has to pass before its route, in one step: the key, invalid keys of its address, what its caller may
  ask in a minute.

  Each bucket holds the time at which all that was asked would have been allowed at the steady pace (GCRA): a request moves it
  on by a minute divided by the limit, and is refused if that would be over a minute ahead. A refused request costs nothing.

  KEYS  1 key's record  2 bucket of requests  3 bucket of runs (not counted: pass that of requests)  4 invalid keys of the address
  ARGV  1 environment and  2 secret's hash as presented (both '': proven by other means, no record is looked at)
        3 requests a minute  4 runs a minute ('0': this starts none)
  Returns {'invalid', how many came from the address in this minute, ms until it is over}
        · {'over', limit, 0, ms until the bucket is full again, ms to wait}
        · {'admitted', limit, remaining, ms until the bucket is full again, tenant, scopes, secret's hash}
          the last three '' without a record; where runs are counted, the figures are theirs if fewer of them remain

  Hashes are compared here so that nobody can use up the bucket of a key of which only the id is known; who is let in is for
  the caller to say, which compares them again in constant time.
]]
local MINUTE = 60000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function invalid()
  local count = redis.call('INCR', KEYS[4])
  if count == 1 then redis.call('PEXPIRE', KEYS[4], MINUTE) end
  return {'invalid', count, redis.call('PTTL', KEYS[4])}
end

local tenant, scopes, hash = '', '', ''
if ARGV[2] ~= '' then
  local record = redis.call('HMGET', KEYS[1], 'environment', 'secret_hash', 'ends_at', 'last_used_at', 'tenant_id', 'scopes')
  if record[1] ~= ARGV[1] or record[2] ~= ARGV[2] then return invalid() end
  if record[3] and tonumber(record[3]) <= now then return invalid() end
  hash, tenant, scopes = record[2], record[5] or '', record[6] or ''
  if now - tonumber(record[4] or 0) >= MINUTE then redis.call('HSET', KEYS[1], 'last_used_at', now) end
end

local function look(key, limit)
  local pace = MINUTE / limit
  local full = math.max(tonumber(redis.call('GET', key) or 0), now) + pace
  return { key = key, limit = limit, pace = pace, full = full, wait = full - now - MINUTE }
end

local buckets = { look(KEYS[2], tonumber(ARGV[3])) }
if ARGV[4] ~= '0' then buckets[2] = look(KEYS[3], tonumber(ARGV[4])) end

for _, bucket in ipairs(buckets) do
  if bucket.wait > 0 then
    return {'over', bucket.limit, 0, math.ceil(bucket.full - bucket.pace - now), math.ceil(bucket.wait)}
  end
end

local tightest
for _, bucket in ipairs(buckets) do
  redis.call('SET', bucket.key, string.format('%.3f', bucket.full), 'PX', math.max(1, math.ceil(bucket.full - now)))
  bucket.remaining = math.floor(-bucket.wait / bucket.pace + 0.001)
  if not tightest or bucket.remaining < tightest.remaining then tightest = bucket end
end
return {'admitted', tightest.limit, tightest.remaining, math.ceil(tightest.full - now), tenant, scopes, hash}
