--[[
  Counts in a hash that the calls of a command share.

  KEYS  1 hash
  ARGV  1 added to `n`  2 'fail' after counting | 'write and fail' | '' go through
  Returns n, as this call left it
]]
local command = include('command')
local hash, values = command.fields(KEYS[1], { 'n' })
command.write(hash, 'n', command.number(values, 'n') + tonumber(ARGV[1]))
if ARGV[2] == 'write and fail' then command.flush() end
if ARGV[2] ~= '' then error('told to fail') end
return values.n
