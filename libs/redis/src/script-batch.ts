import type { Redis } from 'ioredis';
import { LoadedScript, type LuaArgument, type LuaReply } from './loaded-script';
import { aroundCall, ERROR_REPLY, type LuaSource } from './lua-source';

/** Calls in one command at most: Redis serves nobody else meanwhile, and one call takes it 10 to 40 µs. */
const CALLS_MAX = 32;

interface WaitingCall {
  keys: readonly string[];
  args: readonly LuaArgument[];
  resolve: (reply: LuaReply) => void;
  reject: (error: Error) => void;
}

const batches = new WeakMap<Redis, ScriptBatch>();

/** Runs a script; on a connection that shares scripts, together with the other calls of the same script and turn. */
export function runLoaded(
  redis: Redis,
  script: LoadedScript,
  keys: readonly string[],
  args: readonly LuaArgument[],
): Promise<LuaReply> {
  const batch = batches.get(redis);
  return batch ? batch.run(script, keys, args) : script.run(redis, keys, args);
}

/** From now on the connection's scripts share commands. */
export function shareScripts(redis: Redis, gather = CALLS_MAX): void {
  batches.set(redis, new ScriptBatch(redis, gather));
}

/**
 * The calls of one script that are asked for in one turn of the event loop leave as one command: with hundreds of
 * companies under way, most of what a small script costs is the command around it, on both ends. Calls of one script keep
 * their order; those of different scripts do not. One that fails fails alone.
 */
class ScriptBatch {
  private waiting = new Map<LoadedScript, WaitingCall[]>();

  constructor(
    private readonly redis: Redis,
    /** So many calls of a script leave at once, before the turn has ended. */
    private readonly gather: number,
  ) {}

  run(script: LoadedScript, keys: readonly string[], args: readonly LuaArgument[]): Promise<LuaReply> {
    return new Promise((resolve, reject) => {
      if (this.waiting.size === 0) setImmediate(() => this.sendAll());
      const calls = this.waiting.get(script);
      const call = { keys, args, resolve, reject };
      if (!calls) {
        this.waiting.set(script, [call]);
      } else if (calls.push(call) >= this.gather) {
        this.waiting.delete(script);
        void this.send(script, calls);
      }
    });
  }

  private sendAll(): void {
    const { waiting } = this;
    this.waiting = new Map();
    for (const [script, calls] of waiting) void this.send(script, calls);
  }

  /** Throws nothing: every call hears of its own end. */
  private async send(script: LoadedScript, calls: readonly WaitingCall[]): Promise<void> {
    try {
      const replies = await this.repliesTo(script, calls);
      for (const [i, { resolve, reject }] of calls.entries()) {
        const reply = replies[i];
        if (reply instanceof Error) reject(reply);
        else resolve(reply ?? null);
      }
    } catch (error) {
      for (const { reject } of calls) reject(error as Error);
    }
  }

  private async repliesTo(
    script: LoadedScript,
    calls: readonly WaitingCall[],
  ): Promise<readonly (LuaReply | Error)[]> {
    const [only] = calls;
    if (only && calls.length === 1) return [await script.run(this.redis, only.keys, only.args)];
    const keys: string[] = [];
    const args: LuaArgument[] = [];
    for (const call of calls) {
      keys.push(...call.keys);
      args.push(call.keys.length, call.args.length, ...call.args);
    }
    return (await manyOf(script).run(this.redis, keys, args)) as (LuaReply | Error)[];
  }
}

const many = new WeakMap<LoadedScript, LoadedScript>();

/** The script that runs another once per call. */
function manyOf(script: LoadedScript): LoadedScript {
  const known = many.get(script);
  if (known) return known;
  const made = new LoadedScript(manySource(script.source));
  many.set(script, made);
  return made;
}

/** Each call sees keys and arguments of its own, under the names the script has for them when it runs alone. */
function manySource(source: LuaSource): LuaSource {
  const { body, includes } = source;
  const { before, failed } = aroundCall(source);
  const many = `
local function one(KEYS, ARGV)
${body}
end
local replies, key, arg = {}, 0, 1
while arg <= #ARGV do
  local keyCount, argCount = tonumber(ARGV[arg]), tonumber(ARGV[arg + 1])
  local keys, args = { unpack(KEYS, key + 1, key + keyCount) }, { unpack(ARGV, arg + 2, arg + 1 + argCount) }
  key, arg = key + keyCount, arg + 2 + argCount
  ${before}
  local ran, reply = pcall(one, keys, args)
  if not ran then
    ${failed}
    reply = ${ERROR_REPLY}
  end
  if reply == nil then reply = false end
  replies[#replies + 1] = reply
end
return replies
`;
  return { body: many, includes };
}
