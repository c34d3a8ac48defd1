import { setTimeout as delay } from 'node:timers/promises';

export interface Patience {
  timeoutMs: number;
  /** What is waited for, for the error. */
  what: string;
  /** Between two looks; default 10: more where a look is dear. */
  everyMs?: number;
}

/** Waits for a state instead of for a time. Throws, naming `what`, when it has not come in `timeoutMs`. */
export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  { timeoutMs, what, everyMs = 10 }: Patience,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await delay(everyMs);
  }
}
