--[[
  Writes how a call ended: the ledger, the budgets, the freed lease, the window units' end, what was learned of the vendor,
  the run's usage and the company's journal. A late settlement is accepted by its call id; a cost is never lost. Settling a
  grant twice changes nothing.

  KEYS  1 ledger  2 leases  3 run  4 company  5 cap  6 events of caps, then the sorted sets of the sliding windows, then the
        tenant's and the vendor's budget as far as they are limited
  ARGV  1 call id  2 'keep' (answer is kept) | 'pending' (bought, not ready) | 'free' (nothing was bought) | 'doubt' (sent,
        outcome unknown)  3 result, resume, or what the grant held (JSON)
        4 terms, apart by blanks ('-': none): grant number, ms (result's TTL, or until it is due), cost (micro-units), most it
          could cost, '1': it was sent, 'inline' | 'lane', health 'ok' | 'fault' | 'none', close the cap for ms, why, how it
          ended, latency's field (both for the usage), limited budgets of 'r', 't', 'v', ms the cap's keys are kept at least,
          ms a placeholder is kept, vendor, cap id, number of windows
        5.. the windows (includes/windows.lua), then field, value of the company's journal
  Returns 1 settled · 0 it was settled before
]]
local windows = include('windows')
local BREAKER_FAULTS, PROBE_MS, DAY_MS = 5, 30000, 86400000

local call, kind = ARGV[1], ARGV[2]
local grant, ms, cost, most, was_sent, from, health, close_ms, close_why, ending, latency, limited, kept, placeholder, vendor,
  cap_id, count = string.match(ARGV[4],
    '^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+)$')
-- Once per grant, not per call: a command may reach Redis twice, and a call has a grant for every time it was sent.
local ended, holding, doubted = 'e' .. grant, 'g' .. grant, 'd' .. grant
local entry = redis.call('HMGET', KEYS[1], 'status', 'call_id', 'grant', ended, holding, doubted, 'resume', 'cost')
if entry[4] == call then return 0 end

local given, next_key = {}, 7
for i = 1, tonumber(count) do
  given[i] = windows.given(ARGV[4 + i])
  if given[i].kind == 'sliding' then given[i].key, next_key = KEYS[next_key], next_key + 1 end
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
local sent = was_sent == '1'
cost, most = tonumber(cost), tonumber(most)
local keep = tonumber(kept) + DAY_MS
local written = {}
local function write(field, value) written[#written + 1], written[#written + 2] = field, value end

local leased = redis.call('ZREM', KEYS[2], grant .. '#' .. KEYS[1]) == 1
if leased and from == 'lane' then write('lane', math.max(0, tonumber(cap[7] or 0) - 1)) end
for _, window in ipairs(given) do
  if window.units + window.taken > 0 then windows.settle(window, grant, sent and window.taken or 0, leased, keep) end
  windows.learn(window)
  local text, learned = windows.changed(window), windows.learned(window)
  if text then write('w:' .. window.name, text) end
  if learned then write('l:' .. window.name, learned) end
end

-- Charged at its price while nobody knew how it ended: what is due now is the difference.
local due = entry[6] and cost - most or cost
if entry[6] and kind == 'doubt' then due = 0 end
local usage = 'u:' .. vendor .. ':'
local run = redis.call('HMGET', KEYS[3], 'state', usage .. 'calls', usage .. 'cost', usage .. ending, usage .. latency, 'b:spent', 'b:reserved')
-- Counters read above and written back below in one go: each command costs about as much as the script's own work.
local counted = {}
local function add(field, before, more)
  if more ~= 0 then counted[#counted + 1], counted[#counted + 2] = field, string.format('%.0f', tonumber(before or 0) + more) end
end
add(usage .. 'calls', run[2], (sent and 1 or 0) - (entry[6] and 1 or 0))
add(usage .. 'cost', run[3], due)
if ending ~= '-' then add(usage .. ending, run[4], 1) end
if latency ~= '-' then add(usage .. latency, run[5], 1) end
if limited ~= '-' then
  local held = entry[5] or entry[6]
  local day = math.floor((held and tonumber(string.match(held, '^%d+')) or now) / DAY_MS)
  local release = entry[5] and most or 0
  if string.sub(limited, 1, 1) == 'r' then
    add('b:spent', run[6], due)
    add('b:reserved', run[7], -release)
  end
  for _ in string.gmatch(limited, '[tv]') do
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
  redis.call('PEXPIRE', KEYS[1], ms)
elseif kind == 'pending' and (open or not entry[1] or entry[1] == 'pending') then
  becomes('pending', 'call_id', call, 'resume', ARGV[3], 'due_at', now + tonumber(ms),
    'cost', cost + tonumber(entry[8] or 0))
  redis.call('HDEL', KEYS[1], holding, doubted)
  redis.call('PEXPIRE', KEYS[1], placeholder)
elseif entry[3] then
  redis.call('HSET', KEYS[1], ended, call)
  if kind == 'doubt' and not entry[6] then
    redis.call('HSET', KEYS[1], doubted, entry[5] or now .. '|' .. ARGV[3])
    local reservation = include('reservation')
    reservation.list_doubt(cjson.decode(ARGV[3]), KEYS[1], now)
  elseif kind ~= 'doubt' and entry[6] then redis.call('HDEL', KEYS[1], doubted) end
  if entry[5] then redis.call('HDEL', KEYS[1], holding) end
  -- The hash stays: its grant number must never be used twice, or two sends would share one place in a window.
  if open and entry[7] then redis.call('HSET', KEYS[1], 'status', 'pending', 'due_at', now)
  elseif open and kind == 'free' then redis.call('HDEL', KEYS[1], 'status')
  elseif open then redis.call('HSET', KEYS[1], 'status', 'doubt') end
end
if entry[6] and kind ~= 'doubt' then
  local reservation = include('reservation')
  redis.call('ZREM', reservation.read(entry[6]).doubts, KEYS[1])
end

local function tell(what, ...)
  redis.call('XADD', KEYS[6], 'MAXLEN', '~', 1000, '*', 'cap', cap_id, 'what', what, 'at', now, ...)
  redis.call('PEXPIRE', KEYS[6], 30 * DAY_MS)
end
local faults, probe_at = tonumber(cap[4] or 0), tonumber(cap[5] or 0)
if health == 'ok' and faults > 0 then
  write('faults', 0)
  if faults >= BREAKER_FAULTS then tell('breaker_closed') end
elseif health == 'fault' then
  write('faults', faults + 1)
  if faults + 1 >= BREAKER_FAULTS then write('probe_at', math.max(probe_at, now + PROBE_MS)) end
  if faults + 1 == BREAKER_FAULTS then tell('breaker_opened') end
elseif not sent and faults >= BREAKER_FAULTS and cap[6] == grant then
  -- It tried nothing: the next may.
  write('probe_at', now)
end
local closed = tonumber(cap[3] or 0)
local until_ = now + tonumber(close_ms)
if until_ > now and until_ > closed then
  write('closed_until', until_)
  write('closed_why', close_why)
  -- Calls that were under way when it closed say much the same.
  if closed <= now or until_ > closed + 1000 then tell('closed', 'why', close_why, 'until', until_, 'run', KEYS[3]) end
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
local journal = 5 + #given
if #ARGV >= journal and redis.call('HGET', KEYS[4], 'state') == 'pending' then
  redis.call('HSET', KEYS[4], unpack(ARGV, journal))
end
return 1
