import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const INCLUDE = /\binclude\('([a-z-]+)'\)/g;

/** A script's own text, and by name what it includes. */
export interface LuaSource {
  readonly body: string;
  readonly includes: ReadonlyMap<string, string>;
}

/**
 * Reads a Lua file. `include('<name>')` stands for what `includes/<name>.lua` beside it returns; what is included may include
 * nothing itself.
 */
export function readLua(file: string): LuaSource {
  const includes = new Map<string, string>();
  const body = readFileSync(file, 'utf8').replace(INCLUDE, (_call, name: string) => {
    includes.set(name, readFileSync(join(dirname(file), 'includes', `${name}.lua`), 'utf8'));
    return `${functionName(name)}()`;
  });
  return { body, includes };
}

/**
 * The whole text of a script: what it includes is made when it is first asked for, once per command, however many calls the
 * command holds.
 */
export function renderLua({ body, includes }: LuaSource): string {
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
  return `${made.join('\n')}\n${body}`;
}

function functionName(include: string): string {
  return `include_${include.replaceAll('-', '_')}`;
}
