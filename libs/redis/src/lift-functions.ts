import type { LuaSource } from './lua-source';

const LUA_COMMENT = /--\[\[[\s\S]*?\]\]|--[^\n]*/g;
const GIVEN = /\b(?:KEYS|ARGV)\b/;
const TOP_FUNCTION = /^local (?:function \w+|\w+ = function\b)/;
const TOP_LOCAL = /^local ([\w, ]+?) *(=|$)/;

/**
 * Lua: what is run once per command for the same first two arguments, and answers three things at most; and a reader of texts, once
 * for the same text.
 */
const ONCE = `
local function once(run)
  local answers = {}
  return function(first, second, ...)
    local known = answers[first]
    if known == nil then
      known = {}
      answers[first] = known
    end
    local about = second == nil and '' or second
    local answer = known[about]
    if answer == nil then
      answer = { run(first, second, ...) }
      known[about] = answer
    end
    return answer[1], answer[2], answer[3]
  end
end
local function read_once(read)
  local answers = {}
  return function(text)
    local answer = answers[text]
    if answer == nil then
      answer = read(text)
      answers[text] = answer
    end
    return answer
  end
end`;

/**
 * The functions at the top of a library's text are made once per command: making some forty for every job costs as much as running
 * the few that are called. They may see what stands in locals at the top, so those are declared once, too, before them; every call
 * sets each anew where it was declared. A text is left as it is whose functions need `KEYS` or `ARGV` themselves, or
 * do not end where they are expected to.
 *
 * `once` names those whose first answer in a command may stand for the command's other calls, its own (`trimEvents`) or
 * Redis' (`cjson.decode`): they must not depend on what those calls change, nor may what they answer be changed.
 */
export function liftFunctions(lua: string, once: readonly string[]): LuaSource {
  const lines = lua.split('\n');
  // Line by line as the text itself, with nothing in the comments.
  const code = lua.replaceAll(LUA_COMMENT, (comment) => comment.replaceAll(/[^\n]/g, ' ')).split('\n');
  const names = new Set<string>();
  const functions: string[] = [];
  const body: string[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    const [, declared = '', assigns = ''] = TOP_LOCAL.exec((code[i] ?? '').trimEnd()) ?? [];
    if (TOP_FUNCTION.test(code[i] ?? '')) {
      const end = code.findIndex((text, at) => at > i && /^\S/.test(text));
      const text = code.slice(i, end + 1).join('\n');
      if (!/^end\b/m.test(text) || GIVEN.test(text)) return { prelude: '', body: lua, includes: new Map() };
      functions.push(...lines.slice(i, end + 1));
      i = end;
    } else if (declared === '') {
      body.push(line);
    } else {
      for (const name of declared.split(',')) names.add(name.trim());
      body.push(assigns === '=' ? line.slice('local '.length) : `${declared} = nil`);
    }
  }
  const locals = names.size === 0 ? [] : [`local ${[...names].join(', ')}`];
  const { before, after } = runOnce(once, functions);
  return {
    prelude: [...before, ...locals, ...functions, ...after].join('\n'),
    body: body.join('\n'),
    includes: new Map(),
  };
}

function runOnce(
  names: readonly string[],
  functions: readonly string[],
): Record<'before' | 'after', readonly string[]> {
  const libraries = names.filter((name) => name.includes('.'));
  const own = names.filter((name) => functions.some((line) => line.startsWith(`local function ${name}(`)));
  if (libraries.length + own.length === 0) return { before: [], after: [] };
  return {
    before: [
      ONCE.trim(),
      ...libraries.map((name) => {
        const [library = '', read = ''] = name.split('.');
        return `local ${library} = setmetatable({ ${read} = read_once(${name}) }, { __index = ${library} })`;
      }),
    ],
    after: own.map((name) => `${name} = once(${name})`),
  };
}
