--[[
  What the calls of one command have in common. Hundreds of companies ask in the same moment, most of them about the same cap
  and the same run, and what a small script costs is mostly its own calls of Redis. So a hash that they all read and write is
  read by the first of them and written once, when the last is through: LoadedScript sees to that.

  Whoever reads or changes such a hash in another way, or calls something that does, calls `settle` before. A call that fails
  leaves nothing of its own in a hash.
]]
local C = {}

-- By key: { values: by field, false where there is none; dirty: fields to be written; whole: all fields are known; asked: the
-- list of fields that was asked for last }.
local hashes = {}
-- Hash, field, value before: what the call at hand has changed so far.
local undo, undos = {}, 0
-- By sorted set what its next ZADD or ZREM is told, `size` values; and how many these were when call number `call` came to it.
local added, moved, removed = {}, {}, {}
local calls = 0
local clock

-- Whatever else need not be asked for or worked out again in this command; forgotten with the hashes.
C.known = {}

-- Redis's clock, epoch ms.
function C.time()
  if not clock then
    local time = redis.call('TIME')
    clock = time[1] * 1000 + math.floor(time[2] / 1000)
  end
  return clock
end

-- A whole number as text: writing one out costs as much as many a call of Redis, and the calls of a command write much the same.
function C.text(number)
  local text = C.known[number]
  if not text then
    text = string.format('%d', number)
    C.known[number] = text
  end
  return text
end

-- A field's number; 0 where there is none.
function C.number(values, field)
  local value = values[field]
  if not value then return 0 end
  if type(value) == 'number' then return value end
  value = tonumber(value)
  values[field] = value
  return value
end

local function hash_of(key)
  local hash = hashes[key]
  if not hash then
    hash = { key = key, values = {}, dirty = false, whole = false, asked = false }
    hashes[key] = hash
  end
  return hash
end

-- A hash with at least these fields known.
function C.fields(key, names)
  local hash = hash_of(key)
  local values = hash.values
  -- Most calls ask for what the one before did.
  if hash.asked == names or hash.whole then return hash, values end
  hash.asked = names
  local missing
  for i = 1, #names do
    if values[names[i]] == nil then
      missing = missing or {}
      missing[#missing + 1] = names[i]
    end
  end
  if missing then
    local found = redis.call('HMGET', key, unpack(missing))
    for i = 1, #missing do values[missing[i]] = found[i] end
  end
  return hash, values
end

-- What is known of a hash, these fields at least.
function C.values(key, names)
  local _, values = C.fields(key, names)
  return values
end

-- A hash with all its fields known: a small one.
function C.all(key)
  local hash = hash_of(key)
  if not hash.whole then
    local found = redis.call('HGETALL', key)
    local values = hash.values
    for i = 1, #found, 2 do
      if values[found[i]] == nil then values[found[i]] = found[i + 1] end
    end
    hash.whole = true
  end
  return hash, hash.values
end

-- For a call that cannot fail any more: it is not taken back.
function C.set(hash, field, value)
  local dirty = hash.dirty
  if not dirty then
    dirty = {}
    hash.dirty = dirty
  end
  hash.values[field] = value
  dirty[field] = true
end

-- It is taken back if the call fails.
function C.write(hash, field, value)
  local count = undos
  undo[count + 1], undo[count + 2], undo[count + 3] = hash, field, hash.values[field] or false
  undos = count + 3
  C.set(hash, field, value)
end

local function list_of(lists, key)
  local list = lists[key]
  if not list then
    list = { size = 0, call = false, before = 0 }
    lists[key] = list
  end
  if list.call ~= calls then list.call, list.before = calls, list.size end
  return list
end

-- A member for a sorted set that the command's calls add to and seldom read: it is there after `add_all`.
function C.add(key, score, member)
  local list = list_of(added, key)
  local size = list.size
  list[size + 1], list[size + 2] = score, member
  list.size = size + 2
end

-- A new score for a member of a sorted set that the command's calls seldom read, as `add`. A member that is not there any more is
-- added again, and `again` told how many were. It is written also if the call fails after it.
function C.move(key, score, member, again)
  local list = list_of(moved, key)
  if list.again ~= again then
    C.move_all()
    list.again = again
  end
  local size = list.size
  list[size + 1], list[size + 2] = score, member
  list.size = size + 2
end

-- A member for a sorted set that the command's calls remove from and do not read: it is gone after `flush`.
function C.remove(key, member)
  local list = list_of(removed, key)
  local size = list.size + 1
  list[size] = member
  list.size = size
end

local function tell_all(lists, verb)
  for key, list in pairs(lists) do
    local size = list.size
    if size > 0 then
      list.size, list.before = 0, 0
      local count = redis.call(verb, key, unpack(list, 1, size))
      if list.again and count > 0 then list.again(count) end
    end
  end
end

-- To be called before what `again` counts is read.
function C.move_all() tell_all(moved, 'ZADD') end

-- To be called before such a set is read.
function C.add_all()
  tell_all(added, 'ZADD')
  C.move_all()
end

-- A call begins.
function C.begin()
  undos, calls = 0, calls + 1
end

local function forget(lists)
  for _, list in pairs(lists) do
    if list.call == calls then list.size = list.before end
  end
end

-- It has failed.
function C.undo()
  for i = undos - 2, 1, -3 do undo[i].values[undo[i + 1]] = undo[i + 2] end
  undos = 0
  forget(added)
  forget(removed)
  C.known = {}
end

-- What is written stays, also if the call at hand fails after it: nothing of before is taken back.
function C.flush()
  undos = 0
  tell_all(removed, 'ZREM')
  C.add_all()
  for key, hash in pairs(hashes) do
    if hash.dirty then
      local written = {}
      for field in pairs(hash.dirty) do
        local value = hash.values[field]
        if value then written[#written + 1], written[#written + 2] = field, value end
      end
      hash.dirty = false
      if #written > 0 then redis.call('HSET', key, unpack(written)) end
    end
  end
end

-- Writes what is to be written, and knows nothing any more: Redis does.
function C.settle()
  C.flush()
  hashes, undos, C.known = {}, 0, {}
end

return C
