import { join } from 'node:path';
import { LuaScript } from '#libs/redis';

const script = (name: string): LuaScript => new LuaScript(join(__dirname, 'lua', `${name}.lua`));

/** The Lua files of this library; each file's header says what it takes and answers. */
export const tenancyScripts = {
  putDocument: script('put-document-1'),
  changeExclusions: script('change-exclusions-2'),
  replaceCredential: script('replace-credential-1'),
} as const;
