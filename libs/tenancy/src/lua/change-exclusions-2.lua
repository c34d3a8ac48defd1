--[[
  Changes a tenant's exclusion list as a whole or not at all. Scores are all 0, so that members are in the order of their ids.

  KEYS  1 the list's version  2 the list
  ARGV  1 'replace' | 'add' | 'remove'  2 the version that was read, '' for whichever it is  3 most entries  4 time
        5… for 'remove' an id; else pairs: id, entry as JSON; an id comes once
  Returns {new version, entries, entries removed} · {-1} another version is stored · {-2} too many entries
]]
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
if ARGV[2] ~= '' and tonumber(ARGV[2]) ~= version then return { -1 } end

local function range_of(id) return '[' .. id .. ' ', '(' .. id .. '!' end

local step = ARGV[1] == 'remove' and 1 or 2
local given = (#ARGV - 4) / step
local count = given
if ARGV[1] ~= 'replace' then
  count = redis.call('ZCARD', KEYS[2])
  local known = 0
  for i = 5, #ARGV, step do known = known + redis.call('ZLEXCOUNT', KEYS[2], range_of(ARGV[i])) end
  count = ARGV[1] == 'add' and count + given - known or count - known
end
if count > tonumber(ARGV[3]) then return { -2 } end

local removed = 0
if ARGV[1] == 'replace' then
  removed = redis.call('ZCARD', KEYS[2])
  redis.call('DEL', KEYS[2])
else
  for i = 5, #ARGV, step do removed = removed + redis.call('ZREMRANGEBYLEX', KEYS[2], range_of(ARGV[i])) end
end
if step == 2 then
  for i = 5, #ARGV, 2 do redis.call('ZADD', KEYS[2], 0, ARGV[i] .. ' ' .. ARGV[i + 1]) end
end
redis.call('HSET', KEYS[1], 'version', version + 1, 'updated_at', ARGV[4])
return { version + 1, count, removed }
