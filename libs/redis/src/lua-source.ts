import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const INCLUDE = /\binclude\('([a-z-]+)'\)/g;

/** What stands before this line of a Lua file is made once per command, what follows it runs for every call of the command. */
const EACH_CALL = /^-- Each call:\n/m;

/** A script's own text, and by name what it includes. */
export interface LuaSource {
  /** Functions and constants: what needs neither `KEYS` nor `ARGV`. */
  readonly prelude: string;
  readonly body: string;
  readonly includes: ReadonlyMap<string, string>;
}

/** Folder of what any script may include, wherever it lives; a file of that name beside the script comes first. */
export const LUA_INCLUDES = join(__dirname, 'lua/includes');
/** The include whose work has an end, see there. */
const COMMAND = 'command';

/**
 * Reads a Lua file. `include('<name>')` stands for what `includes/<name>.lua` beside it, or here, returns; what is included
 * may include nothing itself.
 */
export function readLua(file: string): LuaSource {
  const includes = new Map<string, string>();
  const text = readFileSync(file, 'utf8').replace(INCLUDE, (_call, name: string) => {
    const own = join(dirname(file), 'includes', `${name}.lua`);
    includes.set(name, readFileSync(existsSync(own) ? own : join(LUA_INCLUDES, `${name}.lua`), 'utf8'));
    return `${functionName(name)}()`;
  });
  const [before, ...after] = text.split(EACH_CALL);
  return after.length === 0
    ? { prelude: '', body: text, includes }
    : { prelude: before ?? '', body: after.join(''), includes };
}

/**
 * The whole text of a script: what it includes is made when it is first asked for, once per command, however many calls the
 * command holds.
 */
export function renderLua({ prelude, body, includes }: LuaSource): string {
  const made = [...includes].map(
    ([name, text]) => `
local made_${functionName(name)}
local function ${functionName(name)}()
if made_${functionName(name)} == nil then made_${functionName(name)} = (function()
${text}
end)() end
return made_${functionName(name)}
end`,
  );
  return `${made.join('\n')}\n${prelude}\n${includes.has(COMMAND) ? toItsEnd(body) : body}`;
}

/** Lua: a local function of this name that is the script; keys and arguments are given to it. */
export function asFunction(name: string, { prelude, body }: LuaSource): string {
  return `
local ${name}
do
${prelude}
${name} = function(KEYS, ARGV)
${body}
end
end`;
}

/** Lua: the error of a failed `pcall` as a reply. */
export const ERROR_REPLY = "{ err = type(reply) == 'table' and reply.err or tostring(reply) }";

/** What the script's calls left to be done in common is done after the last of them, also if that failed. */
function toItsEnd(body: string): string {
  const command = `${functionName(COMMAND)}()`;
  return `
local function whole(KEYS, ARGV)
${body}
end
local ran, reply = pcall(whole, KEYS, ARGV)
if not ran then ${command}.undo() end
${command}.flush()
if not ran then return ${ERROR_REPLY} end
return reply`;
}

/** What is to be run before a call of several, and after one that failed. */
export function aroundCall(includes: LuaSource['includes']): { before: string; failed: string } {
  if (!includes.has(COMMAND)) return { before: '', failed: '' };
  const command = `${functionName(COMMAND)}()`;
  return { before: `${command}.begin()`, failed: `${command}.undo()` };
}

function functionName(include: string): string {
  return `include_${include.replaceAll('-', '_')}`;
}
