import { join } from 'node:path';
import { LuaScript } from '#libs/redis';

const script = (name: string): LuaScript => new LuaScript(join(__dirname, 'lua', `${name}.lua`));

/** The Lua files of this library, read once per process; each file's header says what it takes and answers. */
export const accessScripts = {
  admitRequest: script('admit-request-4'),
  storeApiKey: script('store-api-key-2'),
  rotateApiKey: script('rotate-api-key-3'),
  revokeApiKey: script('revoke-api-key-1'),
} as const;
