import { setTimeout as delay } from 'node:timers/promises';
import { toError } from '#libs/kernel';
import { isRedisOutage } from '#libs/redis';
import type { LiveScreen } from './live-screen';
import { Pace } from './pace';
import type { ReadProgress } from './read-progress';
import { stageView } from './stage-view';

const DRAW_EVERY_MS = 300;

/** Draws a run's stages on the screen until `signal` aborts. An outage of Redis leaves what was drawn last. */
export async function drawRun(screen: LiveScreen, read: ReadProgress, signal: AbortSignal): Promise<void> {
  const pace = new Pace();
  // Asked anew after each wait.
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    const progress = await readOrWait(read);
    if (progress && !isOver()) {
      const { state, counters } = progress.record;
      const ended = counters.done + counters.failed;
      if (state === 'running') pace.look(performance.now(), ended);
      else pace.forget();
      const secondsLeft = pace.secondsFor(counters.candidates - ended);
      screen.draw(stageView(progress, { columns: screen.columns, nowMs: Date.now(), secondsLeft }));
    }
    await delay(DRAW_EVERY_MS, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

async function readOrWait(read: ReadProgress): ReturnType<ReadProgress> {
  try {
    return await read();
  } catch (thrown) {
    if (!isRedisOutage(toError(thrown))) throw thrown;
    return undefined;
  }
}
