import { ERROR_CATALOGUE, isErrorCode } from '#libs/contracts';
import { errorCode, toError } from '#libs/kernel';
import { createLogger } from '#libs/observability';

/** Starts a server process, or logs why it cannot start and exits with the error's code (78: its own configuration). */
export async function exitOnFailedStart(app: string, start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const code = errorCode(error);
    const exit = code !== undefined && isErrorCode(code) ? ERROR_CATALOGUE[code].exit : 1;
    createLogger({ app, level: 'error' }).error(
      { event: 'start_failed', code, err: toError(error).message, exit_code: exit },
      `${app} cannot start: ${toError(error).message}`,
    );
    process.exit(exit);
  }
}
