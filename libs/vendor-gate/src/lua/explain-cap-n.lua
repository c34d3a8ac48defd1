--[[
  Why a call of this cap would wait: every limit with what is used of it. Takes nothing; forgets what is over.

  KEYS  1 cap  2 leases, then the sorted sets of the sliding windows, then the budgets that are limited (the run's is its hash)
  ARGV  1 concurrency  2 budgets as 'r', 't', 'v'  3 number of windows  4.. the windows (includes/windows.lua), then a limit
        per budget
  Returns JSON, see CapExplanation
]]
local windows, reservation = include('windows'), include('reservation')
local given, next_key = {}, 3
for i = 1, tonumber(ARGV[3]) do
  given[i] = windows.given(ARGV[3 + i])
  if given[i].kind == 'sliding' then given[i].key, next_key = KEYS[next_key], next_key + 1 end
end
local fields = redis.call('HGETALL', KEYS[1])
local cap = {}
for i = 1, #fields, 2 do cap[fields[i]] = fields[i + 1] end
local time = redis.call('TIME')
local now = math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(cap.now or 0))
local faults, closed, probe_at = tonumber(cap.faults or 0), tonumber(cap.closed_until or 0), tonumber(cap.probe_at or 0)
local explained = {
  closedForMs = math.max(0, closed - now), closedWhy = closed > now and cap.closed_why or cjson.null,
  breaker = faults < 5 and 'closed' or probe_at > now and 'open' or 'half_open',
  faults = faults, probeInMs = faults >= 5 and math.max(0, probe_at - now) or 0,
  concurrency = { limit = tonumber(ARGV[1]), used = redis.call('ZCOUNT', KEYS[2], '(' .. now, '+inf'),
    lapsed = redis.call('ZCOUNT', KEYS[2], '-inf', now) },
  windows = {}, budgets = {},
}
for i, window in ipairs(given) do
  windows.read(window, cap['w:' .. window.name], cap['l:' .. window.name], now)
  explained.windows[i] = { name = window.name, declared = window.limit, limit = windows.limit(window),
    used = windows.used(window), freesInMs = windows.frees(window) }
  local text = windows.changed(window)
  if text and cap.now then redis.call('HSET', KEYS[1], 'w:' .. window.name, text) end
end
local at = 4 + #given
for letter in string.gmatch(ARGV[2], '.') do
  local prefix = letter == 'r' and 'b:' or reservation.day(now) .. ':'
  local of = redis.call('HMGET', KEYS[next_key], prefix .. 'spent', prefix .. 'reserved')
  next_key = next_key + 1
  explained.budgets[#explained.budgets + 1] = {
    scope = letter == 'r' and 'run' or letter == 't' and 'tenant_day' or 'vendor_day',
    limitMicro = tonumber(ARGV[at]), spentMicro = tonumber(of[1] or 0), reservedMicro = tonumber(of[2] or 0),
  }
  at = at + 1
end
return cjson.encode(explained)
