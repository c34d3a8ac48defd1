import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const INCLUDE = /\binclude\('([a-z-]+)'\)/g;

/**
 * The text of a Lua file, with every `include('<name>')` replaced by what `includes/<name>.lua` beside it returns. What is
 * included may include nothing itself, and sees neither KEYS nor ARGV by these names.
 */
export function readLua(file: string): string {
  const source = readFileSync(file, 'utf8');
  return source.replace(INCLUDE, (_call, name: string) => {
    const included = readFileSync(join(dirname(file), 'includes', `${name}.lua`), 'utf8');
    return `(function()\n${included}\nend)()`;
  });
}
