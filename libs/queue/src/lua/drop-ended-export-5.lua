--[[
  Takes an ended export job away, so that the export of a retry can be added under its id: only while the run is in that retry
  and the retry's own flow was not added yet. In one step, since whoever comes late must not take away the new one. What
  BullMQ keeps of a job is its hash and keys behind it; of an export with many children these are large, and freed in
  the background.

  KEYS  1 run  2 the retry's normalize job  3 export job  4 completed exports  5 failed exports
  ARGV  1 epoch of the retry  2 id of the export job
  Returns 1 taken away, or there was none · 0 the retry's flow was added already · -1 the export has not ended, or no such retry
]]
local run = redis.call('HMGET', KEYS[1], 'state', 'retry_epoch')
local goes_on = run[1] == 'running' or run[1] == 'paused'
if not goes_on or run[2] ~= ARGV[1] then return -1 end
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
if redis.call('EXISTS', KEYS[3]) == 0 then return 1 end
if redis.call('ZREM', KEYS[4], ARGV[2]) + redis.call('ZREM', KEYS[5], ARGV[2]) == 0 then return -1 end
redis.call('UNLINK', KEYS[3], KEYS[3] .. ':logs', KEYS[3] .. ':dependencies', KEYS[3] .. ':processed', KEYS[3] .. ':failed',
  KEYS[3] .. ':unsuccessful')
return 1
