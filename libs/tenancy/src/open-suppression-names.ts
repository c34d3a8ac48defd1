import { appError } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import { SuppressionNames } from '#libs/vendor-gate';

/**
 * The names of a cell's suppression lists under this process's key. The first key of a cell stays its key: with another one,
 * or with none, a process would find nobody whom the others have suppressed, so it is refused. Throws `config_invalid`.
 */
export async function openSuppressionNames(
  redis: RedisClient,
  keys: CellKeys,
  key: string | undefined,
): Promise<SuppressionNames> {
  const names = new SuppressionNames(key);
  const keyId = names.keyId();
  const place = keys.suppressionKeyId();
  if (keyId !== null) await redis.set(place, keyId, 'NX');
  const known = await redis.get(place);
  if (known === keyId) return names;
  throw appError(
    'config_invalid',
    keyId === null
      ? `LEADGEN_SUPPRESSION_KEY is not set, and this cell’s suppression lists are written under key ${known}: ` +
          'set LEADGEN_SUPPRESSION_KEY_FILE to the file that its other processes read'
      : `LEADGEN_SUPPRESSION_KEY is key ${keyId}, and this cell’s suppression lists are written under key ${known}, ` +
          'which cannot be replaced: nobody on them would be found any more',
  );
}
