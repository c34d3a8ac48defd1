import { join } from 'node:path';
import { LuaScript } from '#libs/redis';

const script = (name: string): LuaScript => new LuaScript(join(__dirname, 'lua', `${name}.lua`));

/** The Lua files of this library; each file's header says what it takes and answers. */
export const erasureScripts = {
  replaceFields: script('replace-fields-1'),
  replaceStream: script('replace-stream-1'),
} as const;
