import type { ChainableCommander, Redis } from 'ioredis';
import { liftFunctions } from './lift-functions';
import type { LuaArgument } from './loaded-script';
import { renderLua, type LuaSource } from './lua-source';
import { runChain, ScriptChain, shareScripts } from './script-batch';
import { commandInput, sharedSource, type CallInput } from './shared-command';

/** What is written without being text or a number: packed options; nothing at all stands for an empty text. */
type GivenArgument = LuaArgument | null | undefined;
type Defined = (...args: unknown[]) => unknown;

/**
 * Lua commands that a library has defined on its connection (ioredis' `defineCommand`), as `<name>:<version of the library>`. They
 * run with the library's own text, but for what is said to be left out; only how they travel is ours, and what each call hears stays
 * what it was.
 */
interface DefinedCommand {
  name: string;
  numberOfKeys: number;
  source: LuaSource;
}

/** In one command at most: such a script takes Redis some 40 µs, and nobody else is served meanwhile. */
const CALLS_MAX = 32;

interface LibraryCommand {
  /** Which of its functions run once per command, see `liftFunctions`. */
  readonly once: readonly string[];
  /** What is left out of its text, wherever it stands (`g`): what remains must be Lua, and answer the same. */
  readonly without?: readonly RegExp[];
}

/** By name, without version. */
export type LibraryCommands = Readonly<Record<string, LibraryCommand>>;

/**
 * From now on calls of these commands that are asked for in one turn of the event loop leave as one (`ScriptBatch`). To be
 * called when the library has defined them; said twice, it is said once. Those not defined stay as they are.
 */
export function shareDefined(redis: Redis, commands: LibraryCommands): void {
  const shared = sharedOn(redis);
  for (const { name, numberOfKeys, source } of definedOn(redis, commands)) {
    if (shared.has(name)) continue;
    shared.add(name);
    const chain = new ScriptChain([source]);
    const alone = commandOf(redis, name);
    commandsOf(redis)[name] = function share(this: { isPipeline?: boolean }, ...given: unknown[]): unknown {
      // A pipeline takes over the connection's commands: what is asked of it stays in it.
      if (this.isPipeline) return alone.apply(this, given);
      return runChain(redis, chain, callInput(numberOfKeys, given[0] as GivenArgument[]));
    };
  }
}

const sharedNames = new WeakMap<Redis, Set<string>>();

function sharedOn(redis: Redis): Set<string> {
  const known = sharedNames.get(redis);
  if (known) return known;
  const names = new Set<string>();
  sharedNames.set(redis, names);
  shareScripts(redis, CALLS_MAX);
  return names;
}

/**
 * A transaction in which calls of these commands that follow one another are one command of Redis each few dozens; `exec` answers
 * for each call by itself, as if it had been alone. To be called before anything is asked of it.
 */
export function joinDefined(
  redis: Redis,
  commands: LibraryCommands,
  begin: () => ChainableCommander,
): ChainableCommander {
  const defined = definedOn(redis, commands);
  for (const { name, source } of defined) defineJoined(redis, name, source);
  const transaction = begin();
  const joined = new JoinedCalls(transaction);
  for (const { name, numberOfKeys } of defined) {
    commandsOf(transaction)[name] = (...given) => {
      joined.add(name, callInput(numberOfKeys, given[0] as GivenArgument[]));
      return transaction;
    };
  }
  return transaction;
}

/** The calls of one transaction that wait for others like them. */
class JoinedCalls {
  private name = '';
  private waiting: CallInput[] = [];
  /** By its place in the transaction, of how many calls a command consists. */
  private readonly counts = new Map<number, number>();

  constructor(private readonly transaction: ChainableCommander) {
    const send = commandOf(transaction, 'sendCommand');
    // Whatever else is asked of the transaction comes after what was asked before.
    commandsOf(transaction).sendCommand = (...given) => {
      this.leave();
      return send.apply(transaction, given);
    };
    const exec = transaction.exec.bind(transaction);
    transaction.exec = async () => {
      this.leave();
      return this.apart(await exec());
    };
  }

  add(name: string, call: CallInput): void {
    if (name !== this.name || this.waiting.length >= CALLS_MAX) this.leave();
    this.name = name;
    this.waiting.push(call);
  }

  private leave(): void {
    const { waiting, transaction } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    // MULTI itself is its first.
    this.counts.set(transaction.length - 1, waiting.length);
    const { keys, args } = commandInput(waiting);
    commandOf(transaction, joinedName(this.name)).call(transaction, keys.length, ...keys, ...args);
  }

  private apart(results: [error: Error | null, result: unknown][] | null): typeof results {
    if (results === null) return null;
    return results.flatMap(([error, result], place): [Error | null, unknown][] => {
      const count = this.counts.get(place);
      if (count === undefined) return [[error, result]];
      if (error) return Array.from({ length: count }, () => [error, undefined]);
      return (result as unknown[]).map((reply) =>
        reply instanceof Error ? [reply, undefined] : [null, reply],
      );
    });
  }
}

const joinedName = (name: string): string => `joined:${name}`;

function defineJoined(redis: Redis, name: string, source: LuaSource): void {
  if (joinedName(name) in redis.scriptsSet) return;
  redis.defineCommand(joinedName(name), { lua: renderLua(sharedSource([source])) });
}

function definedOn({ scriptsSet }: Redis, commands: LibraryCommands): DefinedCommand[] {
  const scripts = scriptsSet as Readonly<Record<string, { lua: string; numberOfKeys: number }>>;
  return Object.entries(scripts).flatMap(([name, { lua, numberOfKeys }]) => {
    const command = commands[name.split(':')[0] ?? ''];
    return command && name.includes(':') ? [{ name, numberOfKeys, source: liftedOnce(lua, command) }] : [];
  });
}

const lifted = new WeakMap<LibraryCommand, Map<string, LuaSource>>();

/** A transaction is begun for every chunk of companies, of the same few texts. */
function liftedOnce(lua: string, command: LibraryCommand): LuaSource {
  const texts = lifted.get(command) ?? new Map<string, LuaSource>();
  lifted.set(command, texts);
  const known = texts.get(lua);
  if (known) return known;
  const source = liftFunctions(withoutThese(lua, command), command.once);
  texts.set(lua, source);
  return source;
}

function withoutThese(lua: string, { without = [] }: LibraryCommand): string {
  return without.reduce((text, left) => text.replaceAll(left, ''), lua);
}

function callInput(numberOfKeys: number, given: readonly GivenArgument[]): CallInput {
  const texts = given.map((argument) => argument ?? '');
  return [{ keys: texts.slice(0, numberOfKeys).map(String), args: texts.slice(numberOfKeys) }];
}

function commandsOf(commander: Redis | ChainableCommander): Record<string, Defined> {
  return commander as unknown as Record<string, Defined>;
}

/** Throws `TypeError` for a command that nobody has defined. */
function commandOf(commander: Redis | ChainableCommander, name: string): Defined {
  const command = commandsOf(commander)[name];
  if (!command) throw new TypeError(`nobody has defined ${name} on this connection`);
  return command;
}
