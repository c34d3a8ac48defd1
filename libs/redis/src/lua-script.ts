import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Redis } from 'ioredis';

export type LuaArgument = string | number;

/** What a script may answer; `null` is Lua's `false` or `nil`. */
export type LuaReply = string | number | null | LuaReply[];

/**
 * One Lua file, run by its SHA-1 and loaded on the first NOSCRIPT (a restarted or flushed Redis forgets scripts).
 * The file's name ends in its number of keys, `acquire-call-5.lua`, or in `-n` where it varies.
 */
export class LuaScript {
  private readonly source: string;
  private readonly sha: string;
  private readonly numberOfKeys: number | 'n';

  constructor(private readonly file: string) {
    const match = /-(\d+|n)\.lua$/.exec(basename(file));
    if (!match) throw new Error(`${file}: the name of a Lua file ends in its number of keys`);
    this.numberOfKeys = match[1] === 'n' ? 'n' : Number(match[1]);
    this.source = readFileSync(file, 'utf8');
    this.sha = createHash('sha1').update(this.source).digest('hex');
  }

  /** Runs the script. Errors of the script itself come through as ioredis `ReplyError`s. */
  async run(redis: Redis, keys: readonly string[], args: readonly LuaArgument[]): Promise<LuaReply> {
    if (this.numberOfKeys !== 'n' && keys.length !== this.numberOfKeys) {
      throw new Error(`${basename(this.file)} takes ${this.numberOfKeys} keys, got ${keys.length}`);
    }
    try {
      return (await redis.evalsha(this.sha, keys.length, ...keys, ...args)) as LuaReply;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return (await redis.eval(this.source, keys.length, ...keys, ...args)) as LuaReply;
    }
  }
}
