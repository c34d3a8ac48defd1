import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

export type LuaArgument = string | number;

/** What a script may answer; `null` is Lua's `false` or `nil`. */
export type LuaReply = string | number | null | LuaReply[];

/** The source of a script, run by its SHA-1 and loaded on the first NOSCRIPT. */
export class LoadedScript {
  private readonly sha: string;

  constructor(readonly source: string) {
    this.sha = createHash('sha1').update(source).digest('hex');
  }

  async run(redis: Redis, keys: readonly string[], args: readonly LuaArgument[]): Promise<LuaReply> {
    try {
      return (await redis.evalsha(this.sha, keys.length, ...keys, ...args)) as LuaReply;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return (await redis.eval(this.source, keys.length, ...keys, ...args)) as LuaReply;
    }
  }
}
