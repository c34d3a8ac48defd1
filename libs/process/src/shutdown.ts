import { setTimeout as delay } from 'node:timers/promises';

export interface ShutdownOptions {
  /** How long the drain may take; then the process ends with code 1, whatever is left. */
  capMs: number;
  /** Told of what ended the process when it was not a signal, and of a drain that failed. */
  onFault?: (fault: { event: string; error: unknown }) => void;
}

/** After a fault nothing in the process can be trusted: finish quickly or not at all. */
const FAULT_CAP_MS = 8_000;

/**
 * Drains once and exits: on SIGTERM and SIGINT (code 0), when the supervising parent is gone (0), and on an unhandled
 * error (1). A second signal exits at once.
 */
export function onShutdown(drain: () => Promise<void>, options: ShutdownOptions): void {
  let stopping = false;
  const stop = (exitCode: number, capMs: number): void => {
    if (stopping) return;
    stopping = true;
    void drainAndExit(drain, exitCode, capMs, options);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stop(0, options.capMs);
    });
  }
  // A parent that was killed cannot send a signal; its closed channel is the signal.
  process.on('disconnect', () => stop(0, options.capMs));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      options.onFault?.({ event, error });
      stop(1, Math.min(options.capMs, FAULT_CAP_MS));
    });
  }
}

async function drainAndExit(
  drain: () => Promise<void>,
  exitCode: number,
  capMs: number,
  { onFault }: ShutdownOptions,
): Promise<void> {
  const cap = new AbortController();
  const late = delay(capMs, 'late' as const, { signal: cap.signal }).catch(() => 'in time' as const);
  try {
    const ended = await Promise.race([drain().then(() => 'drained' as const), late]);
    if (ended === 'late')
      onFault?.({ event: 'drain_timeout', error: new Error(`drain took over ${capMs} ms`) });
    process.exit(ended === 'late' ? 1 : exitCode);
  } catch (error) {
    onFault?.({ event: 'drain_failed', error });
    process.exit(1);
  } finally {
    cap.abort();
  }
}
