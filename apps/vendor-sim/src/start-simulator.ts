import { loadSettings } from '#libs/config';
import { createLogger } from '#libs/observability';
import { announceReady, exitOnFailedStart, onShutdown } from '#libs/process';
import { openSimulator } from './simulator';

/** The simulator as a process: needs no Redis, and is ready in a moment. */
export async function startSimulator(): Promise<void> {
  await exitOnFailedStart('vendor-sim', async () => {
    const settings = loadSettings();
    const logger = createLogger({ app: 'vendor-sim', level: settings.runtime.logLevel });
    for (const warning of settings.warnings) logger.warn({ event: 'setting_ignored' }, warning);
    const simulator = await openSimulator(settings.simulator.port, settings.simulator.host);
    onShutdown(
      async () => {
        await simulator.close();
        logger.info({ event: 'drained' }, 'vendor-sim drained');
      },
      {
        capMs: settings.workers.drainMs,
        onFault: ({ event, error }) => logger.error({ event, err: String(error) }, 'vendor-sim fault'),
      },
    );
    const { url, env } = simulator;
    logger.info({ event: 'ready', url }, 'vendor-sim ready');
    announceReady({ url, env });
  });
}
