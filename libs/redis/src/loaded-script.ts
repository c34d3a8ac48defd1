import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { renderLua, type LuaSource } from './lua-source';

/** Bytes are passed on as they are. */
export type LuaArgument = string | number | Buffer;

/** What a script may answer; `null` is Lua's `false` or `nil`. */
export type LuaReply = string | number | null | LuaReply[];

/** A script, run by its SHA-1 and loaded on the first NOSCRIPT. */
export class LoadedScript {
  private readonly text: string;
  private readonly sha: string;

  constructor(readonly source: LuaSource) {
    this.text = renderLua(source);
    this.sha = createHash('sha1').update(this.text).digest('hex');
  }

  async run(redis: Redis, keys: readonly string[], args: readonly LuaArgument[]): Promise<LuaReply> {
    try {
      return (await redis.call('evalsha', [this.sha, keys.length, ...keys, ...args])) as LuaReply;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return (await redis.call('eval', [this.text, keys.length, ...keys, ...args])) as LuaReply;
    }
  }
}
