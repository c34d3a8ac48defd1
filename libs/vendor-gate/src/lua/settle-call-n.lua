--[[
  Writes how a call ended: the ledger, the budgets, the freed lease, the window units' end, what was learned of the vendor,
  the run's usage and the company's journal. A late settlement is accepted by its call id; a cost is never lost. Settling a
  grant twice changes nothing.

  KEYS  1 ledger  2 leases  3 run  4 company  5 cap  6 events of caps, then the sorted sets of the sliding windows, then the
        budgets of ARGV[16] that are not the run's
  ARGV  1 call id  2 'keep' (answer is kept) | 'pending' (bought, not ready) | 'free' (nothing was bought) | 'doubt' (sent,
        outcome unknown)  3 result, resume, or what the grant held (JSON)  4 ms: result's TTL, or until it is due  5 cost (micro-units)  6 vendor
        7 '1': it was sent  8 grant number  9 most it could cost  10 '1': asked from the lane  11 health 'ok' | 'fault' | 'none'
        12 close the cap for ms ('0': leave it)  13 why  14 how it ended, for the usage ('': not counted)  15 latency's field
        ('': not known)  16 which budgets: 'r', 't', 'v'  17 ms the cap's keys are kept at least  18 ms a placeholder is kept
        19 cap id  20 the key that lists doubts  21 number of windows, then per window: kind, name, length ms, limit, units, edges,
        taken, reading; then field, value of the company's journal
  Returns 1 settled · 0 it was settled before
]]
local windows = include('windows')
local BREAKER_FAULTS, PROBE_MS, DAY_MS = 5, 30000, 86400000

local call, kind, grant = ARGV[1], ARGV[2], ARGV[8]
-- Once per grant, not per call: a command may reach Redis twice, and a call has a grant for every time it was sent.
local ended, holding, doubted = 'e' .. grant, 'g' .. grant, 'd' .. grant
local entry = redis.call('HMGET', KEYS[1], 'status', 'call_id', 'grant', ended, holding, doubted, 'resume', 'cost')
if entry[4] == call then return 0 end

local given, next_key, at = {}, 7, 22
for i = 1, tonumber(ARGV[21]) do
  local window = windows.given(ARGV, at)
  window.taken, window.reading, at = tonumber(ARGV[at + 6]), ARGV[at + 7], at + 8
  if window.kind == 'sliding' then window.key, next_key = KEYS[next_key], next_key + 1 end
  given[i] = window
end
local names = { 'now', 'kept_until', 'closed_until', 'faults', 'probe_at', 'probe', 'lane' }
for i = 1, #given do
  names[6 + i * 2], names[7 + i * 2] = 'w:' .. given[i].name, 'l:' .. given[i].name
end
local cap = redis.call('HMGET', KEYS[5], unpack(names))
local time = redis.call('TIME')
local now = math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(cap[1] or 0))
for i, window in ipairs(given) do windows.read(window, cap[6 + i * 2], cap[7 + i * 2], now) end

-- Nothing is written above this line: what fails there can be settled again.
local sent, cost, most = ARGV[7] == '1', tonumber(ARGV[5]), tonumber(ARGV[9])
local keep = tonumber(ARGV[17]) + DAY_MS
local written = {}
local function write(field, value) written[#written + 1], written[#written + 2] = field, value end

local leased = redis.call('ZREM', KEYS[2], grant .. '#' .. KEYS[1]) == 1
if leased and ARGV[10] == '1' then write('lane', math.max(0, tonumber(cap[7] or 0) - 1)) end
for _, window in ipairs(given) do
  if window.units + window.taken > 0 then windows.settle(window, grant, sent and window.taken or 0, leased, keep) end
  if window.reading ~= '' then windows.learn(window, window.reading) end
  local text, learned = windows.changed(window), windows.learned(window)
  if text then write('w:' .. window.name, text) end
  if learned then write('l:' .. window.name, learned) end
end

-- Charged at its price while nobody knew how it ended: what is due now is the difference.
local due = entry[6] and cost - most or cost
if entry[6] and kind == 'doubt' then due = 0 end
local usage = 'u:' .. ARGV[6] .. ':'
local ending, latency = usage .. ARGV[14], usage .. ARGV[15]
local run = redis.call('HMGET', KEYS[3], 'state', usage .. 'calls', usage .. 'cost', ending, latency, 'b:spent', 'b:reserved')
-- Counters read above and written back below in one go: each command costs about as much as the script's own work.
local counted = {}
local function count(field, before, more)
  if more ~= 0 then counted[#counted + 1], counted[#counted + 2] = field, string.format('%.0f', tonumber(before or 0) + more) end
end
count(usage .. 'calls', run[2], (sent and 1 or 0) - (entry[6] and 1 or 0))
count(usage .. 'cost', run[3], due)
if ARGV[14] ~= '' then count(ending, run[4], 1) end
if ARGV[15] ~= '' then count(latency, run[5], 1) end
if ARGV[16] ~= '' then
  local held = entry[5] or entry[6]
  local day = math.floor((held and tonumber(string.match(held, '^%d+')) or now) / DAY_MS)
  local release = entry[5] and most or 0
  if string.sub(ARGV[16], 1, 1) == 'r' then
    count('b:spent', run[6], due)
    count('b:reserved', run[7], -release)
  end
  for _ in string.gmatch(ARGV[16], '[tv]') do
    local key = KEYS[next_key]
    next_key = next_key + 1
    if release ~= 0 then redis.call('HINCRBY', key, day .. ':reserved', -release) end
    if due ~= 0 and redis.call('HINCRBY', key, day .. ':spent', due) == due then redis.call('PEXPIRE', key, 41 * DAY_MS) end
  end
end
if run[1] and #counted > 0 then redis.call('HSET', KEYS[3], unpack(counted)) end

-- A newer grant, of this call or another, is not touched by how an older one ended.
local mine = entry[1] == 'reserved' and entry[2] == call and entry[3] == grant
local open = mine or entry[6] and (entry[1] == 'doubt' or entry[1] == 'bought') and entry[3] == grant
local function becomes(status, ...)
  redis.call('HSET', KEYS[1], 'status', status, ended, call, ...)
end
if kind == 'keep' then
  local total = cost + (entry[7] and tonumber(entry[8] or 0) or 0)
  becomes('settled', 'call_id', call, 'result', ARGV[3], 'cost', total)
  redis.call('HDEL', KEYS[1], holding, 'expires_at', 'sent')
  if entry[6] or entry[7] then redis.call('HDEL', KEYS[1], doubted, 'resume', 'due_at') end
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
elseif kind == 'pending' and (open or not entry[1] or entry[1] == 'pending') then
  becomes('pending', 'call_id', call, 'resume', ARGV[3], 'due_at', now + tonumber(ARGV[4]),
    'cost', cost + tonumber(entry[8] or 0))
  redis.call('HDEL', KEYS[1], holding, doubted)
  redis.call('PEXPIRE', KEYS[1], ARGV[18])
elseif entry[3] then
  redis.call('HSET', KEYS[1], ended, call)
  if kind == 'doubt' and not entry[6] then
    redis.call('HSET', KEYS[1], doubted, entry[5] or now .. '|' .. ARGV[3])
    redis.call('ZADD', ARGV[20], now, KEYS[1])
    redis.call('PEXPIRE', ARGV[20], 90 * DAY_MS)
  elseif kind ~= 'doubt' and entry[6] then redis.call('HDEL', KEYS[1], doubted) end
  if entry[5] then redis.call('HDEL', KEYS[1], holding) end
  -- The hash stays: its grant number must never be used twice, or two sends would share one place in a window.
  if open and entry[7] then redis.call('HSET', KEYS[1], 'status', 'pending', 'due_at', now)
  elseif open and kind == 'free' then redis.call('HDEL', KEYS[1], 'status')
  elseif open then redis.call('HSET', KEYS[1], 'status', 'doubt') end
end
if entry[6] and kind ~= 'doubt' then redis.call('ZREM', ARGV[20], KEYS[1]) end

local function tell(what, ...)
  redis.call('XADD', KEYS[6], 'MAXLEN', '~', 1000, '*', 'cap', ARGV[19], 'what', what, 'at', now, ...)
  redis.call('PEXPIRE', KEYS[6], 30 * DAY_MS)
end
local faults, probe_at = tonumber(cap[4] or 0), tonumber(cap[5] or 0)
if ARGV[11] == 'ok' and faults > 0 then
  write('faults', 0)
  if faults >= BREAKER_FAULTS then tell('breaker_closed') end
elseif ARGV[11] == 'fault' then
  write('faults', faults + 1)
  if faults + 1 >= BREAKER_FAULTS then write('probe_at', math.max(probe_at, now + PROBE_MS)) end
  if faults + 1 == BREAKER_FAULTS then tell('breaker_opened') end
elseif not sent and faults >= BREAKER_FAULTS and cap[6] == grant then
  -- It tried nothing: the next may.
  write('probe_at', now)
end
local closed = tonumber(cap[3] or 0)
local until_ = now + tonumber(ARGV[12])
if until_ > now and until_ > closed then
  write('closed_until', until_)
  write('closed_why', ARGV[13])
  -- Calls that were under way when it closed say much the same.
  if closed <= now or until_ > closed + 1000 then tell('closed', 'why', ARGV[13], 'until', until_, 'run', KEYS[3]) end
end
if #written > 0 then
  write('now', now)
  local lives = math.max(keep, until_ - now + DAY_MS)
  if tonumber(cap[2] or 0) < now + lives - DAY_MS then
    write('kept_until', now + lives)
    redis.call('HSET', KEYS[5], unpack(written))
    redis.call('PEXPIRE', KEYS[5], lives)
  else
    redis.call('HSET', KEYS[5], unpack(written))
  end
end

-- The journal of a company that has ended is what its score was computed from.
if #ARGV >= at and redis.call('HGET', KEYS[4], 'state') == 'pending' then
  redis.call('HSET', KEYS[4], unpack(ARGV, at))
end
return 1
