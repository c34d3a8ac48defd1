--[[
  Counts a key up: for the tests of how scripts are run.

  KEYS  1 counter
  ARGV  1 by how much  2.. ignored
  Returns {the count, how many keys and arguments the script sees}
]]
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
return { count, #KEYS .. ' keys, ' .. #ARGV .. ' arguments' }
