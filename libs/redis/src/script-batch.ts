import type { Redis } from 'ioredis';
import { LoadedScript, type LuaReply } from './loaded-script';
import type { LuaSource } from './lua-source';
import { commandInput, sharedSource, type CallInput } from './shared-command';

/** Scripts that run one after the other as one; for most calls it is a single script. */
export class ScriptChain {
  /**
   * Runs the chain once per call of a command. A call that is alone uses it, too: a second text for it would be one more that Redis'
   * Lua goes through whenever it collects garbage.
   */
  private readonly script: LoadedScript;

  constructor(sources: readonly LuaSource[]) {
    this.script = new LoadedScript(sharedSource(sources));
  }

  /** One reply, or error, per call. */
  async runAll(redis: Redis, calls: readonly CallInput[]): Promise<readonly (LuaReply | Error)[]> {
    const { keys, args } = commandInput(calls);
    return (await this.script.run(redis, keys, args)) as (LuaReply | Error)[];
  }
}

interface WaitingCall {
  input: CallInput;
  resolve: (reply: LuaReply) => void;
  reject: (error: Error) => void;
}

const batches = new WeakMap<Redis, ScriptBatch>();

/** Runs a chain; on a connection that shares scripts, together with the other calls of the same chain and turn. */
export function runChain(redis: Redis, chain: ScriptChain, input: CallInput): Promise<LuaReply> {
  return batches.get(redis)?.run(chain, input) ?? runAlone(redis, chain, input);
}

async function runAlone(redis: Redis, chain: ScriptChain, input: CallInput): Promise<LuaReply> {
  const [reply] = await chain.runAll(redis, [input]);
  if (reply instanceof Error) throw reply;
  return reply ?? null;
}

/**
 * From now on the connection's scripts share commands of `gather` calls at most: while one runs, Redis serves nobody else, and a call
 * takes it 10 to 40 µs.
 */
export function shareScripts(redis: Redis, gather: number): void {
  batches.set(redis, new ScriptBatch(redis, gather));
}

/**
 * The calls of one chain that are asked for in one turn of the event loop leave as one command: with hundreds of
 * companies under way, most of what a small script costs is the command around it, on both ends. Calls of one chain keep
 * their order; those of different chains do not. One that fails fails alone.
 */
class ScriptBatch {
  private waiting = new Map<ScriptChain, WaitingCall[]>();

  constructor(
    private readonly redis: Redis,
    /** So many calls of a chain leave at once, before the turn has ended. */
    private readonly gather: number,
  ) {}

  run(chain: ScriptChain, input: CallInput): Promise<LuaReply> {
    return new Promise((resolve, reject) => {
      if (this.waiting.size === 0) setImmediate(() => this.sendAll());
      const calls = this.waiting.get(chain);
      const call = { input, resolve, reject };
      if (!calls) {
        this.waiting.set(chain, [call]);
      } else if (calls.push(call) >= this.gather) {
        this.waiting.delete(chain);
        void this.send(chain, calls);
      }
    });
  }

  private sendAll(): void {
    const { waiting } = this;
    this.waiting = new Map();
    for (const [chain, calls] of waiting) void this.send(chain, calls);
  }

  /** Throws nothing: every call hears of its own end. */
  private async send(chain: ScriptChain, calls: readonly WaitingCall[]): Promise<void> {
    try {
      const replies = await chain.runAll(
        this.redis,
        calls.map(({ input }) => input),
      );
      calls.forEach(({ resolve, reject }, i) => {
        const reply = replies[i];
        if (reply instanceof Error) reject(reply);
        else resolve(reply ?? null);
      });
    } catch (error) {
      for (const { reject } of calls) reject(error as Error);
    }
  }
}
