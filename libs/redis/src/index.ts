export * from './clock/redis-clock';
export * from './connections';
export * from './keys';
export type { LuaArgument, LuaReply } from './loaded-script';
export * from './lua-script';
export { LUA_INCLUDES } from './lua-source';
export * from './redis-outage';
export * from './redis-server';
export * from './embedded';
