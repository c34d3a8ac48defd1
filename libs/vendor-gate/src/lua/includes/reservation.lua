--[[
  What a grant holds besides its place in the ledger: the lease, window units and amounts of budgets. The ledger keeps it
  under `g<grant>` for as long as it is held, as `<granted at, ms>|<JSON>`, the JSON being the same for all calls of a run to a cap:
    cap, leases, run, doubts, lists (keys), vendor, max (micro-units), again (1: may be repeated), lane (1: asked from there),
    budgets {run 1 | tenant key | vendor key}, windows {{name, units, key of its sorted set}}
  An outcome nobody knows is charged at `max` and kept under `d<grant>`, in the same form, until it is resolved.
]]
local R = {}

local DAY_MS = 86400000
-- As PLACEHOLDER_MS of acquire-terms.ts.
local PLACEHOLDER_MS = 30 * DAY_MS

function R.day(at) return math.floor(at / DAY_MS) end

-- A purchase has no time to live while its first grant is under way. An answer that is kept has its own, whatever becomes of
-- older grants.
function R.remember(ledger)
  if redis.call('PTTL', ledger) == -1 then redis.call('PEXPIRE', ledger, PLACEHOLDER_MS) end
end

function R.read(text)
  local at, rest = string.match(text, '^(%d+)|(.*)$')
  local held = cjson.decode(rest)
  held.at = tonumber(at)
  return held
end

-- Gives back what is reserved (`release`) and charges `cost`, each in the budgets of the day of the grant.
function R.charge(held, release, cost)
  local day = R.day(held.at)
  local function book(key, prefix)
    if redis.call('HEXISTS', key, prefix .. 'reserved') == 0 then return end
    if release ~= 0 then redis.call('HINCRBY', key, prefix .. 'reserved', -release) end
    if cost ~= 0 then redis.call('HINCRBY', key, prefix .. 'spent', cost) end
  end
  if held.budgets.run then book(held.run, 'b:') end
  if held.budgets.tenant then book(held.budgets.tenant, day .. ':') end
  if held.budgets.vendor then book(held.budgets.vendor, day .. ':') end
end

function R.count(held, calls, cost)
  if redis.call('EXISTS', held.run) == 0 then return end
  if calls ~= 0 then redis.call('HINCRBY', held.run, 'u:' .. held.vendor .. ':calls', calls) end
  if cost ~= 0 then redis.call('HINCRBY', held.run, 'u:' .. held.vendor .. ':cost', cost) end
end

-- The lease and the units: a call that was sent goes on counting as if it had settled now.
local function vacate(held, ledger, grant, sent)
  if redis.call('ZREM', held.leases, grant .. '#' .. ledger) == 0 then return end
  if held.lane == 1 then redis.call('HINCRBY', held.cap, 'lane', -1) end
  for _, window in ipairs(held.windows) do
    local field, units, key = 'w:' .. window[1], window[2], window[3]
    if key then
      if not sent and redis.call('ZREM', key, grant .. ':' .. units) == 1 then
        redis.call('HINCRBY', held.cap, field, -units)
      end
    else
      local flying, lapsed, rest = string.match(redis.call('HGET', held.cap, field) or '', '^(%d+):(%d+)(.*)$')
      if flying and sent then redis.call('HSET', held.cap, field, flying .. ':' .. (lapsed + units) .. rest)
      elseif flying then redis.call('HSET', held.cap, field, math.max(0, flying - units) .. ':' .. lapsed .. rest) end
    end
  end
end

-- Ends a grant that will not be settled in time: its lease is over, or its caller asks anew. Answers what became of the
-- purchase: 'free', 'pending', 'in_doubt'; nil if the grant held nothing any more.
function R.lapse(ledger, grant, now)
  local entry = redis.call('HMGET', ledger, 'g' .. grant, 'grant', 'status', 'sent', 'resume')
  if not entry[1] then return nil end
  local held = R.read(entry[1])
  local current = entry[2] == tostring(grant) and entry[3] == 'reserved'
  -- What may be repeated is not marked before it is sent.
  local sent = held.again == 1 or (current and entry[4] == '1')
  local doubtful = sent and (held.max > 0 or held.again ~= 1)
  vacate(held, ledger, grant, sent)
  redis.call('HDEL', ledger, 'g' .. grant)
  R.remember(ledger)
  R.charge(held, held.max, doubtful and held.max or 0)
  if doubtful then
    R.count(held, 1, held.max)
    redis.call('HSET', ledger, 'd' .. grant, entry[1])
    R.list_doubt(held, ledger, now)
  end
  local became = 'free'
  if entry[5] then became = 'pending'
  elseif sent and held.again ~= 1 then became = 'in_doubt' end
  if not current then return became end
  if became == 'free' then redis.call('HDEL', ledger, 'status')
  elseif became == 'pending' then redis.call('HSET', ledger, 'status', 'pending', 'due_at', now)
  else redis.call('HSET', ledger, 'status', 'doubt') end
  return became
end

function R.list_doubt(held, ledger, now)
  redis.call('ZADD', held.doubts, now, ledger)
  redis.call('PEXPIRE', held.doubts, 90 * DAY_MS)
  -- One that was made by an earlier release does not say.
  if held.lists then redis.call('SADD', held.lists, held.doubts) end
end

return R
