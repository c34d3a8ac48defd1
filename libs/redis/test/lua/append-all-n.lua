--[[
  Appends every argument to every key: for the tests of how scripts are run. Fails on the argument 'fail'.

  KEYS  1.. texts
  ARGV  1.. what to append
  Returns the length of the last text
]]
local length = 0
for i = 1, #KEYS do
  for j = 1, #ARGV do
    if ARGV[j] == 'fail' then error('told to fail') end
    length = redis.call('APPEND', KEYS[i], ARGV[j])
  end
end
return length
