import { join } from 'node:path';
import { processEnv, type Settings } from '#libs/config';
import { appError, STAGES } from '#libs/contracts';
import { makeDataFolder, startEmbeddedRedis } from '#libs/redis';
import { lockDataDir } from '../supervisor/data-dir-lock';
import { Supervisor } from '../supervisor/supervisor';
import { noKeyNote } from '../vendors/vendor-keys';
import { connectCell } from './connected-cell';
import type { OpenCell, OpenCellOptions } from './opened-cell';
import { startSimulator } from './start-simulator';
import { suppressionKeyFile } from './suppression-key-file';

/**
 * A private cell: Redis, one process per stage and, offline, the vendor simulator. What a killed launcher left unfinished
 * in the folder is taken up again by the new workers. Throws `data_dir_locked`, `data_dir_unusable`,
 * `redis_not_available` or `supervised_process_failed`; what was started by then is stopped.
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
    const patience = { waitMs: options.folderWaitMs ?? 0, signal: options.signal, onWait: note };
    undo.push(await lockDataDir(dataDir, (error) => lost.abort(error), patience));
    await makeDataFolder(settings.storageDir, { setting: 'LEADGEN_STORAGE_DIR' });
    note('Starting a private Redis and the workers …');
    const noKey = await noKeyNote(settings);
    if (noKey !== undefined) note(noKey);
    const redis = await startEmbeddedRedis({
      dataDir,
      ...(options.redisCacheDir !== undefined && { cacheDir: options.redisCacheDir }),
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
    const simulator = offline ? await startSimulator(supervisor) : undefined;
    const env = { ...(await workerEnv(settings, redis.url)), ...simulator?.env };
    await Promise.all(Object.keys(STAGES).map((stage) => supervisor.start(stage, env)));
    const cell = await connectCell(redis.url, settings, logger);
    undo.push(() => cell.close());
    const [api] = options.withApi === true ? await supervisor.start('api', env) : [];
    return {
      cell,
      embedded: true,
      lost: lost.signal,
      ...(simulator && { simulatorUrl: simulator.url }),
      ...(typeof api?.url === 'string' && { apiUrl: api.url }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The process's own environment, with what this cell has settled. */
async function workerEnv(
  settings: Settings,
  redisUrl: string,
): Promise<Readonly<Record<string, string | undefined>>> {
  const { vendorPlans, tenantTerms, suppression } = settings;
  return {
    // Nobody balances the load of an embedded cell, so its API need not wait for that as it stops.
    LEADGEN_API_LINGER_MS: '300',
    ...processEnv(),
    // One port would be taken by the first of them; an embedded cell has nobody that scrapes it.
    LEADGEN_METRICS_PORT: '',
    REDIS_URL: redisUrl,
    LEADGEN_DATA_DIR: settings.runtime.dataDir,
    LEADGEN_STORAGE_DIR: settings.storageDir,
    ORCHESTRATOR_OFFLINE: settings.runtime.offline ? '1' : '0',
    ...(vendorPlans.file !== undefined && { LEADGEN_VENDORS_FILE: vendorPlans.file }),
    ...(tenantTerms.file !== undefined && { LEADGEN_TENANTS_FILE: tenantTerms.file }),
    ...(suppression.key === undefined && {
      LEADGEN_SUPPRESSION_KEY_FILE: await suppressionKeyFile(settings.runtime.dataDir),
    }),
  };
}

function privateRedisEnded(dataDir: string): Error {
  return appError(
    'redis_unreachable',
    `the private Redis ended; the end of ${join(dataDir, 'redis/redis.log')} says why. Runs are kept there: the next ` +
      'leadgen run in this folder goes on with them',
  );
}
