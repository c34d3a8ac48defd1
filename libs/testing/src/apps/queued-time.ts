import { readFile } from 'node:fs/promises';

const LOOK_EVERY_MS = 100;

/**
 * How long the main thread of a process was ready to run so far while others had the processor, ms; 0 where the system does
 * not tell, or the process has ended.
 */
export async function readQueuedMs(pid: number): Promise<number> {
  // Linux counts it, in nanoseconds: time on a processor, time waited for one, and turns.
  const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '');
  return Number(text.split(' ')[1] ?? 0) / 1e6;
}

/**
 * As `readQueuedMs`, for a process that will have ended: looks again and again, until it is asked for what it saw last. What a
 * process promises to do within some time it promises of itself, and not of a machine that lets it wait.
 */
export function watchQueuedMs(pid: number): () => number {
  let queuedMs = 0;
  const timer = setInterval(() => {
    void readQueuedMs(pid).then((ms) => {
      queuedMs = Math.max(queuedMs, ms);
    });
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return queuedMs;
  };
}
