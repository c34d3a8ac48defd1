import type { LuaArgument } from './loaded-script';
import { aroundCall, asFunction, ERROR_REPLY, type LuaSource } from './lua-source';

/** What one script of a call is run with. */
interface ScriptInput {
  readonly keys: readonly string[];
  readonly args: readonly LuaArgument[];
}

/** The scripts of one call, in the order they run in; most calls are of one. */
export type CallInput = readonly ScriptInput[];

/** A list this long, or with this many fresh items, has its length as an argument of its own. */
const LONG = 127;

/**
 * Keys and arguments of a command that holds several calls. Companies that are walked at the same time ask much the same:
 * what stands in the place where the call before had the same is not sent again, since each argument costs Redis about a
 * microsecond between the wire and Lua.
 *
 * The first argument says how to read the rest: for each list of each call (its scripts' keys, then their
 * arguments) one character each for its length, the number of fresh items, and their places.
 */
export function commandInput(calls: readonly CallInput[]): { keys: string[]; args: LuaArgument[] } {
  const keys: string[] = [];
  const args: LuaArgument[] = [''];
  const layout: Layout = { codes: [], args };
  let before: CallInput = [];
  for (const call of calls) {
    for (let i = 0; i < call.length; i += 1)
      addFresh(call[i]?.keys ?? NONE, before[i]?.keys ?? NONE, keys, layout);
    for (let i = 0; i < call.length; i += 1)
      addFresh(call[i]?.args ?? NONE, before[i]?.args ?? NONE, args, layout);
    before = call;
  }
  args[0] = String.fromCharCode(...layout.codes);
  return { keys, args };
}

const NONE: readonly never[] = [];

/** What the first argument is made of, and where the lengths of long lists go. */
interface Layout {
  codes: number[];
  args: LuaArgument[];
}

function addFresh<Item extends LuaArgument>(
  list: readonly Item[],
  before: readonly LuaArgument[],
  fresh: Item[],
  { codes, args }: Layout,
): void {
  if (list.length >= LONG) {
    codes.push(LONG);
    args.push(list.length);
    fresh.push(...list);
    return;
  }
  codes.push(list.length, 0);
  const count = codes.length - 1;
  for (let i = 0; i < list.length; i += 1) {
    const item = list[i];
    if (item === undefined || item === before[i]) continue;
    codes.push(i + 1);
    fresh.push(item);
  }
  codes[count] = codes.length - 1 - count;
}

/** So many values Lua takes at once, at least; most layouts are a few hundred. */
const STACK = 4_000;

/** Lua: brings a list up to what the layout says of the call at hand; `given` is where fresh items are, the first `taken` are used up. */
const RENEW = `
local layout, at, next_key, next_arg = { string.byte(ARGV[1], 1, ${STACK}) }, 1, 0, 1
for i = ${STACK} + 1, #ARGV[1] do layout[i] = string.byte(ARGV[1], i) end
local function renew(list, given, taken)
  local marks, from = layout, at
  local count, fresh, before = marks[from], marks[from + 1], list[0] or 0
  if count == ${LONG} then
    next_arg = next_arg + 1
    count = tonumber(ARGV[next_arg])
    if given == ARGV then taken = next_arg end
    for i = 1, count do list[i] = given[taken + i] end
    taken, at = taken + count, from + 1
  else
    local last = from + 1 + fresh
    for i = from + 2, last do
      taken = taken + 1
      list[marks[i]] = given[taken]
    end
    at = last + 1
  end
  if count ~= before then
    for i = before, count + 1, -1 do list[i] = nil end
    list[0] = count
  end
  return taken
end`;

/** The script that runs these one after the other, once per call of its command, and answers the first's reply. A call that fails fails alone. */
export function sharedSource(scripts: readonly LuaSource[]): LuaSource {
  const includes = new Map(scripts.flatMap((script) => [...script.includes]));
  const { before, failed } = aroundCall(includes);
  const numbers = scripts.map((_script, i) => i + 1);
  const each = (line: (n: number) => string): string => numbers.map(line).join('\n  ');
  const [first = '', ...others] = numbers.map((n) => `script_${n}(keys_${n}, args_${n})`);
  const next = others.map((run) => `${before}\n  ${run}\n  `).join('');
  const prelude = `
${scripts.map((script, i) => asFunction(`script_${i + 1}`, script)).join('\n')}
${each((n) => `local keys_${n}, args_${n} = {}, {}`)}
local function call()
  local reply = ${first}
  ${next}return reply
end`;
  const body = `${RENEW}
local replies, calls, length = {}, 0, #layout
while at <= length do
  ${each((n) => `next_key = renew(keys_${n}, KEYS, next_key)`)}
  ${each((n) => `next_arg = renew(args_${n}, ARGV, next_arg)`)}
  ${before}
  local ran, reply = pcall(call)
  if not ran then
    ${failed}
    reply = ${ERROR_REPLY}
  end
  if reply == nil then reply = false end
  calls = calls + 1
  replies[calls] = reply
end
return replies
`;
  return { prelude, body, includes };
}
