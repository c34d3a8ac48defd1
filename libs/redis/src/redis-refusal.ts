import { appError } from '#libs/contracts';
import { errorCode } from '#libs/kernel';

/**
 * What no waiting mends, since `REDIS_URL` does not fit the server that answers: `config_invalid` naming the fix; undefined for
 * any other error. `address` is shown, the password is not.
 */
export function refusalOf(error: Error, address: string): Error | undefined {
  const fix = fixOf(error, address);
  return fix === undefined
    ? undefined
    : appError('config_invalid', `Redis at ${address} ${fix}`, { cause: error });
}

function fixOf(error: Error, address: string): string | undefined {
  const { message } = error;
  if (/^WRONGPASS|^ERR invalid password/.test(message)) {
    return `does not take the password of REDIS_URL (or its user): correct it, redis://:PASSWORD@${address} or redis://USER:PASSWORD@${address}`;
  }
  if (message.startsWith('NOAUTH')) {
    return `asks for a password, and REDIS_URL has none: redis://:PASSWORD@${address}, in a file that REDIS_URL_FILE names if it is to be kept out of the environment`;
  }
  if (errorCode(error)?.startsWith('ERR_SSL') === true || errorCode(error) === 'EPROTO') {
    return `does not speak TLS (${message.split('\n')[0] ?? ''}), which the rediss:// of REDIS_URL asks for: write redis://, or give the port that does`;
  }
  return undefined;
}
