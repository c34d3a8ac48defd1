--[[
  What is taken of a cap's windows, by kind. A verb reads a window (which brings it up to date), asks it or changes it, and
  writes its text back. docs/gate.md says why each kind never holds more than the vendor counts.

  A vendor's stretch that opens with its first request is a sliding window here: we cannot know when it opened, and a limit
  that no stretch of that length ever exceeds holds for all of them.

  A window is a table: kind, name, length, limit, units, edges ('' but for calendars), key (its sorted set; sliding only).
  Its text, kept in the cap's hash under `w:<name>`, is numbers joined by ':':
    sliding          units in the sorted set (those whose time is over and that are not swept out yet included)
    fixed, calendar  units in flight, of these lapsed, then twice: end of a stretch of the vendor's clock, units counted in it
  What a vendor's readings taught, under `l:<name>`: lower limit, until, units used by others, until.
]]
local W = {}

-- At most so far may the vendor's clock be from ours; a twentieth of a shorter window.
local GUARD_MS = 1000
local REMEMBER_LIMIT_MS = 86400000
-- Members looked at in one go.
local BATCH = 256

-- Numbers as text, as Redis wants them: writing one out costs as much as many a command, and most calls of a command write
-- the same.
local texts = {}
local function text_of(number)
  local text = texts[number]
  if not text then
    text = string.format('%d', number)
    texts[number] = text
  end
  return text
end

local function numbers(text, count)
  local list = {}
  for number in string.gmatch(text or '', '[^:]+') do list[#list + 1] = tonumber(number) end
  for i = #list + 1, count do list[i] = 0 end
  return list
end

-- The end of the vendor's stretch in which `at` lies, by its clock if that were ours.
local function edge_after(w, at)
  if w.kind == 'fixed' then return (math.floor(at / w.length) + 1) * w.length end
  local before = false
  for text in string.gmatch(w.edges, '%d+') do
    local edge = tonumber(text)
    if edge > at and before then return edge end
    before = edge <= at
  end
  error('the periods given of window ' .. w.name .. ' do not hold the present: is the clock of this worker wrong by days?')
end

-- A unit counts in every stretch that [grant, settlement], widened by the guard, touches: at most two are alive at once.
local function count_stretches(w, units)
  w.counts[w.first] = (w.counts[w.first] or 0) + units
  if w.second ~= w.first then w.counts[w.second] = (w.counts[w.second] or 0) + units end
end

local function read_stretches(w, list, now)
  w.guard = math.min(GUARD_MS, math.floor(w.length / 20))
  w.flying, w.lapsed = list[1], list[2]
  w.first, w.second = edge_after(w, now - w.guard), edge_after(w, now + w.guard)
  w.counts = {}
  for i = 3, 5, 2 do
    if list[i] == w.first or list[i] == w.second then w.counts[list[i]] = list[i + 1] end
  end
  if w.lapsed > 0 then
    count_stretches(w, w.lapsed)
    w.flying, w.lapsed = math.max(0, w.flying - w.lapsed), 0
  end
end

-- Brings the window up to `now`.
function W.read(w, text, learned, now)
  w.now, w.text, w.learned_text = now, text, learned
  if w.kind == 'sliding' then
    w.sum = tonumber(text or 0)
    w.was = w.sum
  else read_stretches(w, numbers(text, 6), now) end
  w.lower, w.lower_until, w.others, w.others_until = 0, 0, 0, 0
  if not learned then return end
  local lesson = numbers(learned, 4)
  w.lower, w.lower_until, w.others, w.others_until = lesson[1], lesson[2], lesson[3], lesson[4]
  if w.lower_until <= now then w.lower, w.lower_until = 0, 0 end
  if w.others_until <= now then w.others, w.others_until = 0, 0 end
end

-- What is to be written back under `w:<name>`; nil: nothing changed.
function W.changed(w)
  local text
  if w.kind == 'sliding' then
    if w.sum ~= w.was then return w.sum end
    return
  else
    local second = w.second ~= w.first and w.second or 0
    text = table.concat({ w.flying, w.lapsed, w.first, w.counts[w.first] or 0, second, w.counts[second] or 0 }, ':')
  end
  if text ~= w.text then return text end
end

-- What is to be written back under `l:<name>`; nil: nothing was learned.
function W.learned(w)
  if not w.learned_text and w.lower == 0 and w.others == 0 then return end
  local text = table.concat({ w.lower, w.lower_until, w.others, w.others_until }, ':')
  if text ~= w.learned_text then return text end
end

local function limit_of(w)
  if w.lower > 0 then return math.min(w.limit, w.lower) end
  return w.limit
end

-- Called before a window's sorted set is read, by whoever is not through with adding to it.
function W.before_reading() end

-- Forgets the units of a sliding window that are free again.
local function sweep(w)
  W.before_reading()
  for _ = 1, 8 do
    local free = redis.call('ZRANGEBYSCORE', w.key, '-inf', w.now, 'LIMIT', 0, BATCH)
    for i = 1, #free do w.sum = w.sum - tonumber(string.match(free[i], ':(%d+)$')) end
    if #free > 0 then redis.call('ZREMRANGEBYRANK', w.key, 0, #free - 1) end
    if #free < BATCH then break end
  end
  w.sum = math.max(0, w.sum)
end

-- In how many ms `needed` units of a sliding window are free at the soonest; nil: nothing of ours is in it.
local function sliding_wait(w, needed)
  W.before_reading()
  local members = redis.call('ZRANGE', w.key, 0, math.min(needed, BATCH) - 1, 'WITHSCORES')
  local freed, at = 0, nil
  for i = 1, #members, 2 do
    freed, at = freed + tonumber(string.match(members[i], ':(%d+)$')), tonumber(members[i + 1])
    if freed >= needed then break end
  end
  -- A unit whose call is still under way is free one length after it settles, long before its lease would end.
  if at then return math.min(at - w.now, w.length + 1) end
  w.sum = 0
end

local function stretches_wait(w, excess)
  local wait, guarded = nil, false
  for _, edge in ipairs({ w.first, w.second }) do
    if (w.counts[edge] or 0) + excess > 0 then
      wait, guarded = edge + w.guard - w.now, edge <= w.now
    end
  end
  return wait, guarded
end

-- Whether a sliding window holds this call's units, too, without a look at what is over.
function W.fits(w) return w.sum + w.units <= limit_of(w) - w.others end

-- In how many ms, at the soonest, the window may hold this call's units, too (0: now), and why not before.
function W.wait(w)
  local room = limit_of(w) - w.others
  local wait, guarded
  if w.kind == 'sliding' then
    if w.sum + w.units <= room then return 0 end
    sweep(w)
    if w.sum + w.units <= room then return 0 end
    wait = sliding_wait(w, math.max(1, w.sum + w.units - room))
    if w.sum + w.units <= room then return 0 end
  else
    wait, guarded = stretches_wait(w, w.flying + w.units - room)
    if not wait then return 0 end
  end
  for _, until_ in ipairs({ w.others_until, w.lower_until }) do
    if until_ > 0 then wait = math.min(wait or until_ - w.now, until_ - w.now) end
  end
  return math.max(1, wait or w.length), guarded and 'window_guard' or 'window'
end

-- Takes the units for the call of this grant (text), whose lease ends in `lease` ms. `keep`: how long the sorted set lives;
-- `command`: see there.
function W.take(w, grant, lease, keep, command)
  if w.kind == 'sliding' then
    -- Until it settles, a unit is taken to leave the window one length after the last moment it could have been sent.
    command.add(w.key, text_of(w.now + lease + w.length), grant .. ':' .. w.units_text)
    if w.sum == 0 then
      command.add_all()
      redis.call('PEXPIRE', w.key, keep)
    end
    w.sum = w.sum + w.units
    if tonumber(grant) % 64 == 0 then sweep(w) end
    return
  end
  w.flying = w.flying + w.units
end

-- Moves the units' end: the call may go on until then.
function W.extend(w, grant, lease)
  if w.kind ~= 'sliding' then return end
  redis.call('ZADD', w.key, 'XX', w.now + lease + w.length, grant .. ':' .. w.units)
end

local function settle_sliding(w, grant, taken, keep)
  local place = grant .. ':' .. w.units_text
  if taken ~= w.units then
    w.sum = math.max(0, w.sum - redis.call('ZREM', w.key, place) * w.units)
    if taken == 0 then return end
    place = grant .. ':' .. taken
  end
  -- One more, since now is rounded down and the vendor's clock is not.
  if redis.call('ZADD', w.key, text_of(w.now + w.length + 1), place) == 1 then
    w.sum = w.sum + taken
    redis.call('PEXPIRE', w.key, keep)
  end
end

-- The call has ended, having taken `taken` units (0: it was never sent). `leased`: the units are still held for it.
function W.settle(w, grant, taken, leased, keep)
  if w.kind == 'sliding' then return settle_sliding(w, grant, taken, keep) end
  if not leased then return end
  w.flying = math.max(0, w.flying - w.units)
  if taken > 0 then count_stretches(w, taken) end
end

-- The call has ended, having taken its units of a sliding window of which the vendor says nothing. If they are not counted any
-- more, `again` hears how many such calls there were.
function W.settle_counted(w, grant, command, again)
  command.move(w.key, text_of(w.now + w.length + 1), grant .. ':' .. w.units_text, again)
end

-- Units of so many calls that were taken for over, and are not.
function W.count_again(w, calls, sum, keep)
  redis.call('PEXPIRE', w.key, keep)
  return sum + calls * w.units
end

-- Whether `settle_counted` may be asked of calls like this.
function W.only_counts(w)
  return w.kind == 'sliding' and w.taken == w.units and w.reading == '-' and not w.learned_text
end

-- What the vendor counts now, as far as we know.
function W.used(w)
  if w.kind == 'sliding' then
    sweep(w)
    return w.sum
  end
  return w.flying + (w.counts[edge_after(w, w.now)] or 0)
end

-- A reading 'limit:left:reset ms' of the vendor's own ('-': not said) only ever tightens the window.
function W.learn(w)
  if w.reading == '-' then return end
  local limit, left, reset = string.match(w.reading, '^(%S+):(%S+):(%S+)$')
  limit, left, reset = tonumber(limit), tonumber(left), tonumber(reset)
  if limit and limit >= w.limit then w.lower, w.lower_until = 0, 0
  elseif limit and limit >= 1 then w.lower, w.lower_until = limit, w.now + REMEMBER_LIMIT_MS end
  if not left then return end
  local others = (limit or limit_of(w)) - left - W.used(w)
  if others > w.others then
    w.others, w.others_until = others, w.now + math.max(1, math.min(reset or w.length, w.length))
  end
end

-- In how many ms one more unit may be taken; 0: now.
function W.frees(w)
  local units = w.units
  w.units = 1
  local wait = W.wait(w)
  w.units = units
  return wait
end

function W.limit(w) return limit_of(w) - w.others end

-- By what they were given as: most calls of a command ask for the same.
local known = {}

-- A window as a verb is given it: 'kind name length-ms limit units taken reading edges', all in one, since every argument
-- costs a third of a microsecond on its way in. Made with all its fields at once: a table that grows is made again and again.
local function parsed(text)
  local kind, name, length, limit, units, taken, reading, edges =
    string.match(text, '^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) ?(.*)$')
  return {
    kind = kind, name = name, field = 'w:' .. name, lesson = 'l:' .. name, length = tonumber(length), limit = tonumber(limit), units = tonumber(units), units_text = units, edges = edges,
    taken = tonumber(taken), reading = reading, key = false, now = 0, text = false, learned_text = false,
    lower = 0, lower_until = 0, others = 0, others_until = 0, sum = 0, was = 0,
  }
end

-- It is the caller's until the next call of the command asks for the same.
function W.given(text)
  local w = known[text]
  if not w then
    w = parsed(text)
    known[text] = w
  end
  return w
end

-- Nothing is in flight: what a count says otherwise is what a lost key has left behind.
function W.heal(w)
  if w.kind ~= 'sliding' then w.flying = 0 end
end

return W
