import { toError } from '#libs/kernel';
import type { Logger, Metrics } from '#libs/observability';
import type { CellKeys, RedisClient } from '#libs/redis';
import { countTransitions, logTransition, RunMarks, type TransitionListener } from '#libs/run-state';

interface Hearing {
  redis: RedisClient;
  keys: CellKeys;
  logger: Logger;
  metrics: Metrics;
}

/** The one place where a server process hears of what becomes of runs: logged, counted, and noted for the cell’s figures. */
export function hearTransitions({ redis, keys, logger, metrics }: Hearing): TransitionListener {
  const marks = new RunMarks(redis, keys);
  const listeners: readonly TransitionListener[] = [
    logTransition(logger),
    countTransitions(metrics),
    (transition) => {
      // A run does not wait for it, and is none the worse without.
      marks.note(transition).catch((error: unknown) => {
        const err = toError(error).message;
        logger.warn({ event: 'mark_failed', err }, 'what a run did is missing in the cell’s figures');
      });
    },
  ];
  return (transition) => {
    for (const listener of listeners) listener(transition);
  };
}
