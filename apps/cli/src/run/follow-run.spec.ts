import type { RunEvent, RunState } from '#libs/contracts';
import { runRecord } from '../../test/run-record';
import { followRun, type FollowedRuns } from './follow-run';

const RUN = { tenantId: 'acme', runId: 'run_1' };
const NEVER = new AbortController().signal;

function anEvent(id: number): RunEvent {
  return {
    id,
    type: 'progress',
    at: '2026-01-01T00:00:00.000Z',
    state: 'running',
    phase: 'enrich',
    message: `${id}`,
  };
}

/** A run that goes one state further at each look; an error in place of a state is thrown. */
class ScriptedRuns implements FollowedRuns {
  private looks = 0;

  constructor(private readonly states: readonly (RunState | Error)[]) {}

  state(): Promise<RunState> {
    const state = this.states[Math.min(this.looks, this.states.length - 1)] ?? 'running';
    this.looks += 1;
    return state instanceof Error ? Promise.reject(state) : Promise.resolve(state);
  }

  events(_run: unknown, afterId = 0): Promise<RunEvent[]> {
    return Promise.resolve(this.looks > afterId ? [anEvent(afterId + 1)] : []);
  }

  get(): ReturnType<FollowedRuns['get']> {
    return Promise.resolve(runRecord({ state: 'completed' }));
  }
}

async function follow(states: readonly (RunState | Error)[]): Promise<number[]> {
  const ids: number[] = [];
  const listener = { event: ({ id }: RunEvent) => ids.push(id), heartbeat: () => undefined };
  await followRun(new ScriptedRuns(states), RUN, listener, NEVER);
  return ids;
}

describe('followRun', () => {
  it('reports every event once until the run has ended', async () => {
    expect(await follow(['running', 'running', 'completed'])).toEqual([1, 2, 3]);
  });

  it('rides out an outage of Redis and misses nothing', async () => {
    const outage = new Error('Connection is closed.');
    expect(await follow(['running', outage, outage, 'running', 'completed'])).toEqual([1, 2, 3]);
  });

  it('passes on what is no outage at once', async () => {
    await expect(follow(['running', new TypeError('a defect')])).rejects.toThrow('a defect');
  });
});
