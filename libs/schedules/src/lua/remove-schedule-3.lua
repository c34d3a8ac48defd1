--[[
  Removes a schedule, with what is known of its slots; its runs stay.

  KEYS  1 schedule  2 the tenant's schedules  3 schedules by when they are due
  ARGV  1 name  2 due member
  Returns 1 removed · 0 there was none
]]
redis.call('SREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[2])
return redis.call('DEL', KEYS[1])
