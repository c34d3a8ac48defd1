--[[
  How many purchases of the cell are of unknown outcome, of the first thousand tenants that have any. A list that has become
  empty is forgotten.

  KEYS  1 lists of doubts
  ARGV  none
  Returns the count
]]
local count, looked = 0, 0
for _, doubts in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local listed = redis.call('ZCARD', doubts)
  if listed == 0 then redis.call('SREM', KEYS[1], doubts) end
  count, looked = count + listed, looked + 1
  if looked == 1000 then break end
end
return count
