import { z } from 'zod';
import { hasNoKnownPassword } from './env-variable';

const SENTINEL = 'redis+sentinel:';
/** The primary's name, and maybe a database. */
const SENTINEL_PATH = /^\/[^/]+(\/\d+)?$/;

/** A server, or the Sentinels that know which it is; `serverOptions` of libs/redis reads it. */
export const redisUrlSchema = z
  .url({
    protocol: /^(rediss?|redis\+sentinel)$/,
    error: 'must be redis://[:password@]host:port, rediss://… or redis+sentinel://[:password@]host:port/name',
  })
  .refine(namesPrimary, {
    error: 'must name the primary that the Sentinels watch: redis+sentinel://[:password@]host:port/name',
  })
  .refine(hasNoKnownPassword, {
    error: 'its password is one that everybody tries first: set another one in Redis',
  });

function namesPrimary(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { protocol, host, pathname, searchParams } = new URL(text);
  if (protocol !== SENTINEL) return true;
  const others = searchParams.getAll('sentinel').every((address) => URL.canParse(`redis://${address}`));
  return host !== '' && SENTINEL_PATH.test(pathname) && others;
}
