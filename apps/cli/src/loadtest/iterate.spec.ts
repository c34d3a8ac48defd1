import { appError } from '#libs/contracts';
import { iterate, type Iteration } from './iterate';
import type { LoadPayload } from './load-payload.schema';
import type { LoadedRun } from './load-target.port';

const payload = (input: string): LoadPayload => ({ input });
const ended: LoadedRun = {
  runId: 'run_1',
  state: 'completed',
  queuedMs: 0,
  output: null,
  leadsDigest: null,
  message: '',
};
const never = new AbortController().signal;
const options = (iterations: number, concurrency: number) => ({ iterations, concurrency, timeoutMs: 60_000 });

describe('a load test', () => {
  it('takes payloads in turn, as many at a time as asked for and never more', async () => {
    const seen: string[] = [];
    let [atOnce, most] = [0, 0];
    const run = async ({ input }: LoadPayload): Promise<LoadedRun> => {
      seen.push(input);
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return ended;
    };
    const told: Iteration[] = [];
    const done = await iterate({ run }, [payload('a'), payload('b')], options(7, 3), never, (i) =>
      told.push(i),
    );
    expect(seen).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a']);
    expect(most).toBe(3);
    expect(done.map(({ iteration }) => iteration)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(told).toHaveLength(7);
  });

  it('goes on after an iteration that went wrong, and keeps why', async () => {
    const run = (_payload: LoadPayload, iteration: number): Promise<LoadedRun> =>
      iteration === 1 ? Promise.reject(new Error('no answer')) : Promise.resolve(ended);
    const done = await iterate({ run }, [payload('a')], options(2, 1), never, () => undefined);
    expect(done.map(({ state, message }) => [state, message])).toEqual([
      ['error', 'no answer'],
      ['completed', ''],
    ]);
  });

  it('ends at once on what the caller typed wrong: the others are told to stop, none is begun', async () => {
    let begun = 0;
    const run = (_payload: LoadPayload, iteration: number, signal: AbortSignal): Promise<LoadedRun> => {
      begun += 1;
      if (iteration === 1) return Promise.reject(appError('usage', 'another tenant’s key'));
      return new Promise((resolve) =>
        signal.addEventListener('abort', () => resolve({ ...ended, state: 'running' })),
      );
    };
    await expect(iterate({ run }, [payload('a')], options(9, 2), never, () => undefined)).rejects.toThrow(
      'another tenant’s',
    );
    expect(begun).toBe(2);
  });

  it('begins none once it is interrupted, and what is under way ends unfinished', async () => {
    const stop = new AbortController();
    const run = (_payload: LoadPayload, _iteration: number, signal: AbortSignal): Promise<LoadedRun> =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ ...ended, state: 'running' }));
        stop.abort();
      });
    const done = await iterate({ run }, [payload('a')], options(5, 1), stop.signal, () => undefined);
    expect(done.map(({ state }) => state)).toEqual(['running']);
  });
});
