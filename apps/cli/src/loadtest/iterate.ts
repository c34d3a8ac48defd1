import type { RunState } from '#libs/contracts';
import { errorCode, toError } from '#libs/kernel';
import type { LoadOptions } from './load-options';
import type { LoadPayload } from './load-payload.schema';
import type { LoadedRun, LoadTarget } from './load-target.port';

/** One iteration as measured. */
export interface Iteration {
  /** From 1. */
  iteration: number;
  /** Which payload it had, from 1. */
  payload: number;
  /** `error`: no run came of it, or it was lost from sight. */
  state: RunState | 'error';
  /** From asking to seeing the end, ms. */
  durationMs: number;
  run: LoadedRun | undefined;
  message: string;
}

/**
 * Runs the iterations, `concurrency` at a time, each payload in turn, and tells of each as it ends. An iteration that goes
 * wrong is a result like any other; only what the caller has typed wrong (`usage`) ends them all, and is thrown. Once
 * `signal` aborts none is begun, and those under way end unfinished.
 */
export async function iterate(
  target: Pick<LoadTarget, 'run'>,
  payloads: readonly LoadPayload[],
  { iterations, concurrency, timeoutMs }: Pick<LoadOptions, 'iterations' | 'concurrency' | 'timeoutMs'>,
  signal: AbortSignal,
  tell: (iteration: Iteration) => void,
): Promise<Iteration[]> {
  const done: Iteration[] = [];
  const wrong = new AbortController();
  const stop = AbortSignal.any([signal, wrong.signal]);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < iterations && !stop.aborted) {
      const i = next++;
      const payload = payloads[i % payloads.length];
      if (!payload) return;
      const ends = AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]);
      const measured = await measure(() => target.run(payload, i + 1, ends));
      const iteration = { iteration: i + 1, payload: (i % payloads.length) + 1, ...measured };
      done.push(iteration);
      tell(iteration);
    }
  };
  const stopOthers = (error: unknown): never => {
    wrong.abort();
    throw error;
  };
  const workers = Array.from({ length: Math.min(concurrency, iterations) }, () => worker().catch(stopOthers));
  for (const outcome of await Promise.allSettled(workers)) {
    if (outcome.status === 'rejected') throw toError(outcome.reason);
  }
  return done.sort((a, b) => a.iteration - b.iteration);
}

async function measure(
  run: () => Promise<LoadedRun>,
): Promise<Pick<Iteration, 'state' | 'durationMs' | 'run' | 'message'>> {
  const started = performance.now();
  const tookMs = (): number => Math.round(performance.now() - started);
  try {
    const loaded = await run();
    return { state: loaded.state, durationMs: tookMs(), run: loaded, message: loaded.message };
  } catch (error) {
    if (errorCode(error) === 'usage') throw error;
    return { state: 'error', durationMs: tookMs(), run: undefined, message: toError(error).message };
  }
}
