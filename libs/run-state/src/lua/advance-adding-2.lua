--[[
  Writes how far the adding of companies has come, if the adder still holds the fence: a worker that was taken over must
  not move the cursor back.

  KEYS  1 run  2 fence
  ARGV  1 fence token  2 cursor: companies added so far  3 companies in all
  Returns 1 written · 0 fenced out, nothing written
]]
if redis.call('GET', KEYS[2]) ~= ARGV[1] or redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'cursor', ARGV[2], 'candidates', ARGV[3])
return 1
