--[[
  Replaces what a tenant has stored of one kind, unless somebody else did since it was read.

  KEYS  1 document
  ARGV  1 the version that was read, '' for whichever it is  2 the document as JSON  3 time
  Returns the new version · -1 another version is stored
]]
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
if ARGV[1] ~= '' and tonumber(ARGV[1]) ~= version then return -1 end
redis.call('HSET', KEYS[1], 'version', version + 1, 'json', ARGV[2], 'updated_at', ARGV[3])
return version + 1
