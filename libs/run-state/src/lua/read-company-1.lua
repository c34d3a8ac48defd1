--[[
  What a job of a company must know before it walks it. A script, so that hundreds of companies are read in few commands.

  KEYS  1 company
  ARGV  none
  Returns all fields, each followed by its value; none: there is no such company
]]
return redis.call('HGETALL', KEYS[1])
