import { basename } from 'node:path';
import type { Redis } from 'ioredis';
import type { LuaArgument, LuaReply } from './loaded-script';
import { readLua, type LuaSource } from './lua-source';
import { runChain, ScriptChain } from './script-batch';

/** A script with what it is to be run with, for whoever runs it. */
export interface LuaCall {
  script: LuaScript;
  keys: readonly string[];
  args: readonly LuaArgument[];
}

/**
 * One Lua file, run by its SHA-1 and loaded on the first NOSCRIPT (a restarted or flushed Redis forgets scripts).
 * The file's name ends in its number of keys, `acquire-call-5.lua`, or in `-n` where it varies.
 */
export class LuaScript {
  readonly source: LuaSource;
  private readonly chain: ScriptChain;
  private readonly numberOfKeys: number | 'n';

  constructor(private readonly file: string) {
    const match = /-(\d+|n)\.lua$/.exec(basename(file));
    if (!match) throw new Error(`${file}: the name of a Lua file ends in its number of keys`);
    this.numberOfKeys = match[1] === 'n' ? 'n' : Number(match[1]);
    this.source = readLua(file);
    this.chain = new ScriptChain([this.source]);
  }

  /** Throws an `Error` on another number of keys than the file's name says. */
  call(keys: readonly string[], args: readonly LuaArgument[]): LuaCall {
    if (this.numberOfKeys !== 'n' && keys.length !== this.numberOfKeys) {
      throw new Error(`${basename(this.file)} takes ${this.numberOfKeys} keys, got ${keys.length}`);
    }
    return { script: this, keys, args };
  }

  /** Runs the script. Errors of the script itself come through as ioredis `ReplyError`s. */
  run(redis: Redis, keys: readonly string[], args: readonly LuaArgument[]): Promise<LuaReply> {
    return runChain(redis, this.chain, [this.call(keys, args)]);
  }
}

/**
 * Runs two scripts in one step: nothing comes between them, and there is one command instead of two. The second runs
 * whatever the first answers, unless that fails. Answers the first's reply.
 */
export function runTogether(redis: Redis, first: LuaCall, second: LuaCall): Promise<LuaReply> {
  return runChain(redis, pairOf(first.script, second.script), [first, second]);
}

const pairs = new WeakMap<LuaScript, WeakMap<LuaScript, ScriptChain>>();

function pairOf(first: LuaScript, second: LuaScript): ScriptChain {
  const ofFirst = pairs.get(first) ?? new WeakMap<LuaScript, ScriptChain>();
  pairs.set(first, ofFirst);
  const known = ofFirst.get(second);
  if (known) return known;
  const pair = new ScriptChain([first.source, second.source]);
  ofFirst.set(second, pair);
  return pair;
}
