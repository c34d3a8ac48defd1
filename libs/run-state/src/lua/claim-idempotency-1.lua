--[[
  Takes a caller's idempotency key for a request that is about to make a run, so that its repetitions wait meanwhile. A claim
  lapses by itself: its holder may have died.

  KEYS  1 idempotency entry
  ARGV  1 request hash  2 claim  3 ms the claim lasts
  Returns {1} claimed · {0, run id, thread id, created at ms} the same request has made this run
          · {-1, run id ('' not yet)} the key came with another request · {-4, ms} the same request is being worked on for so long at most
]]
local earlier = redis.call('HMGET', KEYS[1], 'request', 'run_id', 'thread_id', 'created_at')
if not earlier[1] then
  redis.call('HSET', KEYS[1], 'request', ARGV[1], 'claim', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return {1}
end
if earlier[1] ~= ARGV[1] then return {-1, earlier[2] or ''} end
if earlier[2] then return {0, earlier[2], earlier[3], earlier[4]} end
return {-4, redis.call('PTTL', KEYS[1])}
