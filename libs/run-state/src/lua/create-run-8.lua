--[[
  Creates a run, its place in its thread and tenant, its first event, the caller's idempotency entry and, where a worker is to
  add its flow, its place in the line for that, all or nothing.

  KEYS  1 run  2 events  3 thread  4 tenant's runs  5 idempotency ('' entry unused: pass the run key)  6 active runs
        7 tenant's active runs  8 runs handed over to the workers (not handed over: pass the run key)
  ARGV  1 run id  2 active member  3 run TTL s  4 idempotency TTL s ('0': no idempotency)  5 request hash
        6 phase  7 message  8 retention ms of the thread's and the tenant's list
        9 most active runs of the tenant ('0': any number)  10 claim of the idempotency key ('': none)
        11 thread id  12 '1': a worker is to add the flow ('0': the caller does)  13.. field, value of the run record
  Returns {1, run id, thread id, created at ms} created · {0, the same of its run} the same request came before
          · {-1, run id} the key came with another request · {-3, how many} the tenant has as many active runs as it may
          · {-4} the same request is being worked on under another claim
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

if ARGV[4] ~= '0' then
  local earlier = redis.call('HMGET', KEYS[5], 'request', 'run_id', 'thread_id', 'created_at', 'claim')
  if earlier[1] and earlier[1] ~= ARGV[5] then return {-1, earlier[2] or ''} end
  if earlier[2] then return {0, earlier[2], earlier[3], earlier[4]} end
  if earlier[5] and earlier[5] ~= ARGV[10] then return {-4} end
end
local active = redis.call('SCARD', KEYS[7])
if ARGV[9] ~= '0' and active >= tonumber(ARGV[9]) then return {-3, active} end
if ARGV[4] ~= '0' then
  redis.call('HSET', KEYS[5], 'request', ARGV[5], 'run_id', ARGV[1], 'thread_id', ARGV[11], 'created_at', now)
  redis.call('HDEL', KEYS[5], 'claim')
  redis.call('EXPIRE', KEYS[5], ARGV[4])
end

redis.call('HSET', KEYS[1], 'state', 'queued', 'phase', ARGV[6], 'message', ARGV[7], 'created_at', now,
  'updated_at', now, 'epoch', 0, 'event_seq', 1, 'thread_id', ARGV[11], unpack(ARGV, 13))
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('XADD', KEYS[2], '1-0', 'type', 'run_accepted', 'at', now, 'state', 'queued', 'phase', ARGV[6],
  'message', ARGV[7])
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('ZADD', KEYS[3], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[8])
redis.call('EXPIRE', KEYS[3], ARGV[3])
redis.call('ZADD', KEYS[4], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - ARGV[8])
redis.call('EXPIRE', KEYS[4], ARGV[3])
redis.call('ZADD', KEYS[6], now, ARGV[2])
redis.call('SADD', KEYS[7], ARGV[1])
redis.call('EXPIRE', KEYS[7], ARGV[3])
if ARGV[12] == '1' then redis.call('RPUSH', KEYS[8], ARGV[2]) end
return {1, ARGV[1], ARGV[11], now}
