--[[
  May this call be made now? Checks everything first, in the order of docs/gate.md, and takes (budget, window units, lease,
  ledger placeholder) only if all pass.

  KEYS  1 run  2 ledger  3 cap  4 leases, then the sorted sets of the sliding windows, then those that are asked for: the
        tenant's suppressed subjects · the tenant's budget · the vendor's budget · the prefix of the cap's lane
  ARGV  1 call id  2 what the grant holds, JSON (includes/reservation.lua)
        3 terms, apart by blanks: lease ms, send within ms, concurrency, '1': an attempt of unknown outcome may be repeated,
          most it can cost, ms the cap's keys are kept at least, ms the placeholder is kept, budgets of the run, the tenant's
          day, the vendor's day ('-': without a limit), number of subjects (-1: not told), 'inline' | 'lane', number of windows
        4.. the windows (includes/windows.lua), then the subjects
  Returns {'listed'}: the tenant has a list, and the subjects were not told: ask again with them · {'denied', reason} · {'stop', 'paused' | 'cancelled'} · {'cached', result, what it cost} · {'in_flight', ms}
          {'in_doubt', call id} · {'wait', ms, reason, 1: some lease is over and not repaired}
          grant number · {'granted', grant number, resume | nil, 1: the run was paused for caps, and goes on with this call,
           what the purchase has cost so far}, where there is something to say of it
]]
local command, windows = include('command'), include('windows')
local BREAKER_FAULTS, PROBE_MS, DAY_MS = 5, 30000, 86400000
-- How soon to ask again where nobody can know when it will be different.
local PLACE_MS, BUDGET_MS, TURN_MS = 100, 250, 100
local BUDGETS = { 'budget_run', 'budget_tenant_day', 'budget_vendor_day' }
local NOTHING = {}
local RUN_FIELDS = { 'state', 'b:spent', 'b:reserved', 'pause_reason' }

local function parsed(text)
  local lease, send_within, concurrency, again, most, keep, placeholder, run_budget, tenant_budget, vendor_budget, subjects,
    from, count = string.match(text, '^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+)$')
  local limits = { tonumber(run_budget) or false, tonumber(tenant_budget) or false, tonumber(vendor_budget) or false }
  return {
    lease = tonumber(lease), send_within = tonumber(send_within), concurrency = tonumber(concurrency), again = again == '1',
    most = tonumber(most), keep = tonumber(keep), placeholder = placeholder, subjects = tonumber(subjects), from = from,
    count = tonumber(count),
    limits = limits, limited = limits[1] or limits[2] or limits[3],
  }
end

windows.before_reading = command.add_all

-- Of the call at hand.
local run_key, ledger, cap_key, leases, call, terms, given, run, cap_hash, cap, clock, now, day, flying, budgets, full

local function wait(ms, reason)
  command.add_all()
  local stale = redis.call('ZCOUNT', leases, '-inf', now) > 0
  return {'wait', math.max(1, math.ceil(ms + now - clock)), reason, stale and 1 or 0}
end

-- It writes into the hashes of the run and the cap itself.
local function lapse(grant)
  command.settle()
  include('reservation').lapse(ledger, grant, now)
  cap_hash, cap = command.all(cap_key)
  run = command.values(run_key, RUN_FIELDS)
end

-- Answers what the call is denied with; `full`: it is not now.
local function check(name, limit, budget_key, prefix, spent, reserved)
  spent, reserved = tonumber(spent or 0), tonumber(reserved or 0)
  budgets = budgets or {}
  budgets[#budgets + 1] = { budget_key, prefix }
  if spent + terms.most > limit then return {'denied', name} end
  if spent + reserved + terms.most > limit then full = true end
end

-- How many jobs of the lane wait, and how many are worked on.
local function lane_of(prefix)
  local known = command.known[prefix]
  if known then return known end
  local waiting, prioritized, delayed, active = prefix .. 'wait', prefix .. 'prioritized', prefix .. 'delayed', prefix .. 'active'
  known = { waiting = 0, active = 0 }
  if redis.call('EXISTS', waiting, prioritized, delayed, active) > 0 then
    known.waiting = redis.call('LLEN', waiting) + redis.call('ZCARD', prioritized) + redis.call('ZCARD', delayed)
    known.active = redis.call('LLEN', active)
  end
  command.known[prefix] = known
  return known
end

local function write_windows()
  for i = 1, #given do
    local text = windows.changed(given[i])
    if text then command.write(cap_hash, given[i].field, text) end
  end
  if cap.now ~= now then command.write(cap_hash, 'now', now) end
end

-- The run's hash is known here, and so are its numbers; the others' are not.
local function reserve(budget_key, field)
  if budget_key ~= run_key then return redis.call('HINCRBY', budget_key, field, terms.most) end
  local hash, values = command.fields(run_key, RUN_FIELDS)
  local reserved = tonumber(values[field] or 0) + terms.most
  command.write(hash, field, string.format('%.0f', reserved))
  return reserved
end

-- What the call before asked, if that was granted, and whether to grant it once more depends on counts alone: most calls of a
-- command ask the same of the same cap for the same run, which the second argument names. Arguments by their numbers; `ends` and
-- `holds` as the ledger has them. Known by this name, so that it is forgotten with all else that is known.
local ASKED = {}
local asked

local function asks_the_same(args)
  asked = command.known[ASKED]
  if not asked then return false end
  for i = 2, asked.count do
    if args[i] ~= asked[i] then return false end
  end
  return true
end

local function note_question(args, ends)
  for i = 1, #given do
    if given[i].kind ~= 'sliding' then return end
  end
  asked = { count = 3 + #given, ends = ends, holds = command.text(now) .. '|' .. args[2] }
  for i = 2, asked.count do asked[i] = args[i] end
  command.known[ASKED] = asked
end

-- Grants what the call before was granted; nil: it must be looked at, nothing is written.
local function grant_likewise()
  flying = command.known[leases]
  if flying >= terms.concurrency or redis.call('EXISTS', ledger) == 1 then return end
  for i = 1, #given do
    if cap[given[i].field] ~= given[i].sum or not windows.fits(given[i]) then return end
  end
  local grant = cap.seq + 1
  local number = string.format('%d', grant)
  redis.call('HSET', ledger, 'status', 'reserved', 'call_id', call, 'expires_at', asked.ends, 'grant', number,
    'g' .. number, asked.holds)
  command.add(leases, asked.ends, number .. '#' .. ledger)
  command.known[leases] = flying + 1
  for i = 1, #given do
    local window = given[i]
    windows.take(window, number, terms.lease, terms.keep + DAY_MS, command)
    command.set(cap_hash, window.field, window.sum)
  end
  command.set(cap_hash, 'seq', grant)
  return grant
end

-- Each call:
if asks_the_same(ARGV) then
  ledger, call = KEYS[2], ARGV[1]
  local grant = grant_likewise()
  if grant then return grant end
end
command.known[ASKED] = nil
run_key, ledger, cap_key, leases, call = KEYS[1], KEYS[2], KEYS[3], KEYS[4], ARGV[1]
terms = command.known[ARGV[3]]
if not terms then
  terms = parsed(ARGV[3])
  command.known[ARGV[3]] = terms
end
local lease, most, keep, subjects = terms.lease, terms.most, terms.keep, terms.subjects
local next_key = 5
given, budgets, full = {}, nil, false
for i = 1, terms.count do
  given[i] = windows.given(ARGV[3 + i])
  if given[i].kind == 'sliding' then given[i].key, next_key = KEYS[next_key], next_key + 1 end
end

if subjects ~= 0 then
  local list = KEYS[next_key]
  next_key = next_key + 1
  local listed = command.known[list]
  if not listed then
    listed = redis.call('EXISTS', list)
    command.known[list] = listed
  end
  if listed == 1 then
    if subjects < 0 then return {'listed'} end
    local first = 4 + #given
    for _, suppressed in ipairs(redis.call('SMISMEMBER', list, unpack(ARGV, first, first + subjects - 1))) do
      if suppressed == 1 then return {'denied', 'suppressed'} end
    end
  end
end

run = command.values(run_key, RUN_FIELDS)
if run.state == 'paused' then
  -- A run that waits for caps goes on with whichever call is granted first.
  if run.pause_reason ~= 'vendor_cap' then return {'stop', 'paused'} end
elseif run.state ~= 'running' and run.state ~= 'queued' then return {'stop', 'cancelled'} end

-- Most are new, and asking for many fields of what there is not takes longer than finding that out.
local entry = NOTHING
if redis.call('EXISTS', ledger) == 1 then
  entry = redis.call('HMGET', ledger, 'status', 'call_id', 'expires_at', 'sent', 'result', 'grant', 'cost', 'resume', 'due_at')
end
local status = entry[1]
if status == 'settled' then return {'cached', entry[5], entry[7] or '0'} end
if status == 'doubt' or status == 'bought' then return {'in_doubt', entry[2]} end

cap_hash, cap = command.all(cap_key)
clock = command.time()
-- A clock that was put back frees nothing early.
now = math.max(clock, command.number(cap, 'now'))

if status == 'pending' and tonumber(entry[9]) > now then return {'wait', tonumber(entry[9]) - now, 'pending'} end
if status == 'reserved' then
  local left = tonumber(entry[3]) - now
  local repeatable = terms.again
  if left > 0 then
    -- Sent by somebody, perhaps by this very call before its process died: nobody may send until its lease is over.
    if entry[4] == '1' or entry[2] ~= call then return {'in_flight', left} end
    -- What this call took before its reply was lost must not count against it; what it may have sent does count.
    if not repeatable then lapse(entry[6]) end
  elseif entry[4] == '1' and not repeatable and not entry[8] then return {'in_doubt', entry[2]}
  else lapse(entry[6]) end
end

for i = 1, #given do
  if given[i].units > given[i].limit then return {'denied', 'never'} end
end
day = math.floor(now / DAY_MS)
if terms.limited then
  for i = 1, 3 do
    if terms.limits[i] and most > terms.limits[i] then return {'denied', 'never'} end
  end
  for i = 1, 3 do
    local limit = terms.limits[i]
    if limit then
      local budget_key, prefix, spent, reserved = run_key, 'b:', run['b:spent'], run['b:reserved']
      if i > 1 then
        budget_key, prefix, next_key = KEYS[next_key], day .. ':', next_key + 1
        local today = redis.call('HMGET', budget_key, prefix .. 'spent', prefix .. 'reserved')
        spent, reserved = today[1], today[2]
      end
      local denied = check(BUDGETS[i], limit, budget_key, prefix, spent, reserved)
      if denied then return denied end
    end
  end
end
if full then return wait(BUDGET_MS, 'budget') end

local closed = command.number(cap, 'closed_until')
if closed > now then return wait(closed - now, 'closed') end
local half_open = command.number(cap, 'faults') >= BREAKER_FAULTS
local probe_at = half_open and command.number(cap, 'probe_at') or 0
if probe_at > now then return wait(probe_at - now, 'probe') end

-- What is over is passed over by counting; `reap` repairs it.
flying = command.known[leases]
if not flying then
  flying = redis.call('ZCOUNT', leases, '(' .. command.text(now), '+inf')
  command.known[leases] = flying
end
if flying >= terms.concurrency then
  command.add_all()
  local first = redis.call('ZRANGEBYSCORE', leases, '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
  return wait(first[2] and math.min(PLACE_MS, first[2] - now) or PLACE_MS, 'concurrency')
end

local longest, why = 0, nil
for _, window in ipairs(given) do
  windows.read(window, cap[window.field], cap[window.lesson], now)
  local ms, reason = windows.wait(window)
  if ms > longest then longest, why = ms, reason end
end
if longest > 0 and flying == 0 and redis.call('EXISTS', leases) == 0 then
  longest = 0
  for _, window in ipairs(given) do
    windows.heal(window)
    local ms, reason = windows.wait(window)
    if ms > longest then longest, why = ms, reason end
  end
end

local from_lane = command.number(cap, 'lane')
if longest == 0 and terms.from == 'inline' then
  local lane = lane_of(KEYS[next_key])
  if flying == 0 then from_lane = 0 end
  -- A job of the lane that is worked on and has no call under way waits for its turn like those in the queue.
  if lane.waiting + math.max(0, lane.active - from_lane) > 0 then longest, why = TURN_MS, 'turn' end
end

if longest > 0 then
  -- Looking may have swept out what is over.
  if cap.now then write_windows() end
  return wait(longest, why)
end

local grant = math.max(command.number(cap, 'seq') + 1, tonumber(entry[6] or 0) + 1, now)
for _, budget in ipairs(budgets or {}) do
  local reserved = reserve(budget[1], budget[2] .. 'reserved')
  -- Perhaps the first of its day: days long past are forgotten.
  if reserved == most and budget[2] ~= 'b:' and redis.call('PTTL', budget[1]) < 40 * DAY_MS then
    for _, field in ipairs(redis.call('HKEYS', budget[1])) do
      if tonumber(string.match(field, '^%d+')) < day - 40 then redis.call('HDEL', budget[1], field) end
    end
    redis.call('PEXPIRE', budget[1], 41 * DAY_MS)
  end
end
local number = string.format('%d', grant)
local ends = command.text(now + lease)
command.add(leases, ends, number .. '#' .. ledger)
if flying == 0 then
  command.add_all()
  redis.call('PEXPIRE', leases, keep + DAY_MS)
end
command.known[leases] = flying + 1
for i = 1, #given do windows.take(given[i], number, lease, keep + DAY_MS, command) end
if entry[4] then redis.call('HDEL', ledger, 'sent') end
redis.call('HSET', ledger, 'status', 'reserved', 'call_id', call, 'expires_at', ends, 'grant', number,
  'g' .. number, command.text(now) .. '|' .. ARGV[2])
-- Whoever ends the grant says how long the rest is kept: a purchase that is new has no time to live until then.
if entry[6] then redis.call('PEXPIRE', ledger, terms.placeholder) end
command.write(cap_hash, 'seq', grant)
write_windows()
if terms.from == 'lane' then command.write(cap_hash, 'lane', (flying == 0 and 0 or from_lane) + 1) end
if half_open then
  -- The next one comes no sooner than half a minute after the last moment this one may be sent.
  command.write(cap_hash, 'probe_at', now + terms.send_within + PROBE_MS)
  command.write(cap_hash, 'probe', grant)
end
-- Once a day, so that a busy cap's keys need a new time to live then and not at every call.
if command.number(cap, 'kept_until') < now + keep then
  local lives = math.max(keep, closed - now) + DAY_MS
  command.write(cap_hash, 'kept_until', now + lives)
  command.flush()
  redis.call('PEXPIRE', cap_key, lives)
  redis.call('PEXPIRE', leases, lives)
  for _, window in ipairs(given) do
    if window.key then redis.call('PEXPIRE', window.key, lives) end
  end
end
local resumes = run.state == 'paused'
if not resumes and not half_open and not terms.limited and subjects <= 0 and terms.from == 'inline' then
  note_question(ARGV, ends)
end
if not entry[8] and not resumes then return grant end
return {'granted', grant, entry[8] or false, resumes and 1 or 0, entry[8] and entry[7] or '0'}
