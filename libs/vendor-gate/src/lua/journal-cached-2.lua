--[[
  Writes a step that needed no call, because its answer was bought before, into the company's journal.

  KEYS  1 run  2 company
  ARGV  1 vendor  2.. field, value of the company's journal
  Returns 1
]]
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'u:' .. ARGV[1] .. ':cached', 1) end
if redis.call('HGET', KEYS[2], 'state') == 'pending' then
  for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
end
return 1
