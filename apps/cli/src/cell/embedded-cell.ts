import { join } from 'node:path';
import { processEnv } from '#libs/config';
import { appError, STAGES } from '#libs/contracts';
import { startEmbeddedRedis } from '#libs/redis';
import { lockDataDir } from '../supervisor/data-dir-lock';
import { Supervisor } from '../supervisor/supervisor';
import { connectCell } from './connected-cell';
import type { OpenCell, OpenCellOptions } from './opened-cell';
import { simulatorEnv } from './simulator-env';

/**
 * A private cell: Redis, one process per stage and, offline, the vendor simulator. What a killed launcher left unfinished
 * in the folder is taken up again by the new workers. Throws `data_dir_locked`, `redis_not_available` or
 * `supervised_process_failed`; what was started by then is stopped.
 */
export async function startEmbeddedCell(options: OpenCellOptions): Promise<OpenCell> {
  const { settings, logger, note } = options;
  const { dataDir, offline } = settings.runtime;
  const lost = new AbortController();
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    const failures: unknown[] = [];
    // One step that fails must not leave the others' processes running.
    for (const step of undo.splice(0).reverse()) await step().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    undo.push(await lockDataDir(dataDir, (error) => lost.abort(error)));
    note('Starting a private Redis and the workers …');
    const redis = await startEmbeddedRedis({
      dataDir,
      appendOnly: true,
      env: processEnv(),
      signal: options.signal,
    });
    undo.push(() => redis.stop());
    void redis.exited.then(() => lost.abort(privateRedisEnded(dataDir)));
    const supervisor = new Supervisor({
      logDir: join(dataDir, 'logs'),
      onGivenUp: (error) => lost.abort(error),
    });
    undo.push(() => supervisor.stop());
    const env = {
      ...processEnv(),
      REDIS_URL: redis.url,
      LEADGEN_DATA_DIR: dataDir,
      LEADGEN_STORAGE_DIR: settings.storageDir,
      ORCHESTRATOR_OFFLINE: offline ? '1' : '0',
      ...(offline && (await simulatorEnv(supervisor))),
    };
    await Promise.all(Object.keys(STAGES).map((stage) => supervisor.start(stage, env)));
    const cell = await connectCell(redis.url, settings, logger);
    undo.push(() => cell.close());
    const [api] = options.withApi === true ? await supervisor.start('api', env) : [];
    return {
      cell,
      embedded: true,
      lost: lost.signal,
      ...(typeof api?.url === 'string' && { apiUrl: api.url }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function privateRedisEnded(dataDir: string): Error {
  return appError(
    'redis_unreachable',
    `the private Redis ended; the end of ${join(dataDir, 'redis/redis.log')} says why. Runs are kept there: the next ` +
      'leadgen run in this folder goes on with them',
  );
}
