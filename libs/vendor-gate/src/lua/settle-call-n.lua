--[[
  Writes how a call ended: the ledger, the budgets, the freed lease, the window units' end, what was learned of the vendor,
  the run's usage and the company's journal. A late settlement is accepted by its call id; a cost is never lost. Settling a
  grant twice changes nothing.

  KEYS  1 ledger  2 leases  3 run  4 company  5 cap  6 events of caps, then the sorted sets of the sliding windows, then the
        tenant's and the vendor's budget as far as they are limited
  ARGV  1 call id  2 'keep' (answer is kept) | 'pending' (bought, not ready) | 'free' (nothing was bought) | 'doubt' (sent,
        outcome unknown)  3 result, resume, or what the grant held (JSON)
        4 terms, apart by blanks ('-': none): ms (result's TTL, or until it is due), cost (micro-units), most it
          could cost, '1': it was sent, 'inline' | 'lane', health 'ok' | 'fault' | 'none', close the cap for ms, why, how it
          ended, latency's field (both for the usage), limited budgets of 'r', 't', 'v', ms the cap's keys are kept at least,
          ms a placeholder is kept, vendor, cap id, number of windows
        5 grant number  6.. the windows (includes/windows.lua), then field, value of the company's journal
  Returns 1 settled · 0 it was settled before
]]
local command, windows = include('command'), include('windows')
local BREAKER_FAULTS, PROBE_MS, DAY_MS = 5, 30000, 86400000

local function parsed(text)
  local ms, cost, most, sent, from, health, close_ms, close_why, ending, latency, limited, kept, placeholder, vendor, cap_id,
    count = string.match(text,
      '^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+)$')
  local usage = 'u:' .. vendor .. ':'
  return {
    ms = ms, cost = tonumber(cost), most = tonumber(most), sent = sent == '1', from = from, health = health,
    close_ms = tonumber(close_ms), close_why = close_why, ends = ending ~= '-', took = latency ~= '-', limited = limited,
    keep = tonumber(kept) + DAY_MS, placeholder = placeholder, cap_id = cap_id, count = tonumber(count),
    run = { 'state', usage .. 'calls', usage .. 'cost', usage .. ending, usage .. latency, 'b:spent', 'b:reserved' },
  }
end

-- Of the call at hand.
local ledger, run_key, terms, given, cap_hash, cap, now, changed, run_hash, run

local function write(field, value)
  command.write(cap_hash, field, value)
  changed = true
end

local function add(field, more)
  if more == 0 or not run.state then return end
  command.write(run_hash, field, command.number(run, field) + more)
end

local function tell(events, what, ...)
  redis.call('XADD', events, 'MAXLEN', '~', 1000, '*', 'cap', terms.cap_id, 'what', what, 'at', now, ...)
  redis.call('PEXPIRE', events, 30 * DAY_MS)
end

local function store_answer(call, result, ended, holding, cost)
  redis.call('HSET', ledger, 'status', 'settled', ended, call, 'call_id', call, 'result', result, 'cost', cost)
  redis.call('HDEL', ledger, holding, 'expires_at', 'sent')
  redis.call('PEXPIRE', ledger, terms.ms)
end

-- The journal of a company that has ended is what its score was computed from.
local function write_journal(company, args, first)
  if #args >= first and redis.call('HGET', company, 'state') == 'pending' then
    redis.call('HSET', company, unpack(args, first))
  end
end

-- What the call before settled, if that changed nothing but its own purchase and counts that all calls of its kind change by as
-- much: most calls of a command end like it. Arguments by their numbers; keys. Known by this name, so that it is forgotten with all
-- else that is known.
local SETTLED = {}
local settled

local function ends_the_same(keys, args)
  settled = command.known[SETTLED]
  if not settled or keys[2] ~= settled.leases or keys[3] ~= settled.run or keys[5] ~= settled.cap or args[2] ~= 'keep'
    or args[4] ~= settled.terms then return false end
  for i = 6, settled.count do
    if args[i] ~= settled[i] then return false end
  end
  return true
end

local function counts_again(window, cap_key, keep)
  return function(calls)
    local hash, values = command.all(cap_key)
    command.set(hash, window.field, windows.count_again(window, calls, command.number(values, window.field), keep))
  end
end

local function note_ending(keys, args)
  for i = 1, #given do
    if not windows.only_counts(given[i]) then return end
  end
  settled = { leases = keys[2], run = run_key, cap = keys[5], terms = args[4], count = 5 + #given, again = {} }
  for i = 6, settled.count do settled[i] = args[i] end
  for i = 1, #given do settled.again[i] = counts_again(given[i], keys[5], terms.keep) end
  command.known[SETTLED] = settled
end

-- Nil: it must be looked at, and nothing is written that would be in the way.
local function settle_likewise(company, args)
  local call, grant = args[1], args[5]
  local ended, names = 'e' .. grant, terms.run
  local entry = redis.call('HMGET', ledger, ended, 'd' .. grant, 'resume')
  if entry[1] == call then return 0 end
  if entry[2] or entry[3] then return end
  for i = 1, #given do windows.settle_counted(given[i], grant, command, settled.again[i]) end
  store_answer(call, args[3], ended, 'g' .. grant, command.text(terms.cost))
  write_journal(company, args, settled.count + 1)
  command.remove(settled.leases, grant .. '#' .. ledger)
  command.set(run_hash, names[2], run[names[2]] + 1)
  if terms.cost > 0 then command.set(run_hash, names[3], run[names[3]] + terms.cost) end
  if terms.ends then command.set(run_hash, names[4], run[names[4]] + 1) end
  if terms.took then command.set(run_hash, names[5], run[names[5]] + 1) end
  return 1
end

-- Each call:
if ends_the_same(KEYS, ARGV) then
  ledger = KEYS[1]
  local reply = settle_likewise(KEYS[4], ARGV)
  if reply then return reply end
end
command.known[SETTLED] = nil
local call, kind, grant = ARGV[1], ARGV[2], ARGV[5]
ledger, run_key, changed = KEYS[1], KEYS[3], false
terms = command.known[ARGV[4]]
if not terms then
  terms = parsed(ARGV[4])
  command.known[ARGV[4]] = terms
end
local ms, cost, most, sent, health, limited, keep, placeholder = terms.ms, terms.cost, terms.most, terms.sent, terms.health,
  terms.limited, terms.keep, terms.placeholder
-- Once per grant, not per call: a command may reach Redis twice, and a call has a grant for every time it was sent.
local ended, holding, doubted = 'e' .. grant, 'g' .. grant, 'd' .. grant
-- What an answered call without a budget held is nobody's question any more, and a long text.
local held_for = kind == 'keep' and limited == '-' and ended or holding
local entry = redis.call('HMGET', ledger, 'status', 'call_id', 'grant', ended, held_for, doubted, 'resume', 'cost')
if entry[4] == call then return 0 end

local next_key = 7
given = {}
for i = 1, terms.count do
  given[i] = windows.given(ARGV[5 + i])
  if given[i].kind == 'sliding' then given[i].key, next_key = KEYS[next_key], next_key + 1 end
end
-- The windows are read below, and those calls may have something to add to them.
command.move_all()
cap_hash, cap = command.all(KEYS[5])
now = math.max(command.time(), command.number(cap, 'now'))
for i = 1, #given do windows.read(given[i], cap[given[i].field], cap[given[i].lesson], now) end

-- Nothing is written above this line: what fails there can be settled again.
local lease, leased = grant .. '#' .. ledger, true
local matters = terms.from == 'lane'
for i = 1, #given do matters = matters or given[i].kind ~= 'sliding' end
-- Whether it was held still makes a difference to what is counted, and none to a sliding window.
if matters then leased = redis.call('ZREM', KEYS[2], lease) == 1
else command.remove(KEYS[2], lease) end
if leased and terms.from == 'lane' then write('lane', math.max(0, command.number(cap, 'lane') - 1)) end
for i = 1, #given do
  local window = given[i]
  if window.units + window.taken > 0 then windows.settle(window, grant, sent and window.taken or 0, leased, keep) end
  windows.learn(window)
  local text, learned = windows.changed(window), windows.learned(window)
  if text then write(window.field, text) end
  if learned then write(window.lesson, learned) end
end

-- Charged at its price while nobody knew how it ended: what is due now is the difference.
local due = entry[6] and cost - most or cost
if entry[6] and kind == 'doubt' then due = 0 end
local names = terms.run
run_hash, run = command.fields(run_key, names)
add(names[2], (sent and 1 or 0) - (entry[6] and 1 or 0))
add(names[3], due)
if terms.ends then add(names[4], 1) end
if terms.took then add(names[5], 1) end
if limited ~= '-' then
  local held = entry[5] or entry[6]
  local day = math.floor((held and tonumber(string.match(held, '^%d+')) or now) / DAY_MS)
  local release = entry[5] and most or 0
  if string.sub(limited, 1, 1) == 'r' then
    add('b:spent', due)
    add('b:reserved', -release)
  end
  for _ in string.gmatch(limited, '[tv]') do
    local key = KEYS[next_key]
    next_key = next_key + 1
    if release ~= 0 then redis.call('HINCRBY', key, day .. ':reserved', -release) end
    if due ~= 0 and redis.call('HINCRBY', key, day .. ':spent', due) == due then redis.call('PEXPIRE', key, 41 * DAY_MS) end
  end
end

-- A newer grant, of this call or another, is not touched by how an older one ended.
local mine = entry[1] == 'reserved' and entry[2] == call and entry[3] == grant
local open = mine or entry[6] and (entry[1] == 'doubt' or entry[1] == 'bought') and entry[3] == grant
if kind == 'keep' then
  local total = cost + (entry[7] and tonumber(entry[8] or 0) or 0)
  store_answer(call, ARGV[3], ended, holding, command.text(total))
  if entry[6] or entry[7] then redis.call('HDEL', ledger, doubted, 'resume', 'due_at') end
elseif kind == 'pending' and (open or not entry[1] or entry[1] == 'pending') then
  redis.call('HSET', ledger, 'status', 'pending', ended, call, 'call_id', call, 'resume', ARGV[3], 'due_at', now + tonumber(ms),
    'cost', cost + tonumber(entry[8] or 0))
  redis.call('HDEL', ledger, holding, doubted)
  redis.call('PEXPIRE', ledger, placeholder)
elseif entry[3] then
  redis.call('HSET', ledger, ended, call)
  include('reservation').remember(ledger)
  if kind == 'doubt' and not entry[6] then
    redis.call('HSET', ledger, doubted, entry[5] or now .. '|' .. ARGV[3])
    local reservation = include('reservation')
    reservation.list_doubt(cjson.decode(ARGV[3]), ledger, now)
  elseif kind ~= 'doubt' and entry[6] then redis.call('HDEL', ledger, doubted) end
  if entry[5] then redis.call('HDEL', ledger, holding) end
  -- The hash stays: its grant number must never be used twice, or two sends would share one place in a window.
  if open and entry[7] then redis.call('HSET', ledger, 'status', 'pending', 'due_at', now)
  elseif open and kind == 'free' then redis.call('HDEL', ledger, 'status')
  elseif open then redis.call('HSET', ledger, 'status', 'doubt') end
end
if entry[6] and kind ~= 'doubt' then
  local reservation = include('reservation')
  redis.call('ZREM', reservation.read(entry[6]).doubts, ledger)
end

local faults, probe_at = command.number(cap, 'faults'), command.number(cap, 'probe_at')
if health == 'ok' and faults > 0 then
  write('faults', 0)
  if faults >= BREAKER_FAULTS then tell(KEYS[6], 'breaker_closed') end
elseif health == 'fault' then
  write('faults', faults + 1)
  if faults + 1 >= BREAKER_FAULTS then write('probe_at', math.max(probe_at, now + PROBE_MS)) end
  if faults + 1 == BREAKER_FAULTS then tell(KEYS[6], 'breaker_opened') end
elseif not sent and faults >= BREAKER_FAULTS and command.number(cap, 'probe') == tonumber(grant) then
  -- It tried nothing: the next may.
  write('probe_at', now)
end
local closed = command.number(cap, 'closed_until')
local until_ = now + terms.close_ms
if until_ > now and until_ > closed then
  write('closed_until', until_)
  write('closed_why', terms.close_why)
  -- Calls that were under way when it closed say much the same.
  if closed <= now or until_ > closed + 1000 then tell(KEYS[6], 'closed', 'why', terms.close_why, 'until', until_, 'run', run_key) end
end
if changed then
  write('now', now)
  local lives = math.max(keep, until_ - now + DAY_MS)
  if command.number(cap, 'kept_until') < now + lives - DAY_MS then
    write('kept_until', now + lives)
    command.flush()
    redis.call('PEXPIRE', KEYS[5], lives)
  end
end

write_journal(KEYS[4], ARGV, 6 + #given)
if kind == 'keep' and sent and limited == '-' and health ~= 'fault' and faults == 0 and until_ <= now and run.state
  and terms.from == 'inline' then
  note_ending(KEYS, ARGV)
end
return 1
