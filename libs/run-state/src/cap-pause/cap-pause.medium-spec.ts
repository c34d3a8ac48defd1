import type { RunRequest } from '#libs/contracts';
import { useTestRedis } from '#libs/testing';
import type { RunRef } from '../run-ref';
import { RunRepository } from '../run.repository';
import { CapPause } from './cap-pause';
import type { CapStanding } from './cap-pause-decision';

const REQUEST: RunRequest = {
  tenant_id: 'acme',
  input: 'run full pipeline',
  mode: 'full',
  limit: 25,
  export: ['csv'],
};
const CLOSED: CapStanding = { vendor: 'sonar', opensInMs: 60_000, why: 'minute cap 20/20 used' };
const OPEN: CapStanding = { ...CLOSED, opensInMs: 0 };

describe('pausing for caps, on a real Redis', () => {
  const cell = useTestRedis();
  let runs: RunRepository;
  let pausing: CapPause;
  let sonar: CapStanding;
  let failures: string[];

  beforeEach(() => {
    runs = new RunRepository(cell.redis, cell.keys);
    failures = [];
    sonar = CLOSED;
    pausing = new CapPause(
      cell.redis,
      cell.keys,
      runs,
      { standings: () => Promise.resolve(new Map([['sonar', sonar]])) },
      (_run, error) => failures.push(error.message),
    );
  });

  afterEach(() => expect(failures).toEqual([]));

  async function runWaiting(parked: number, { candidates = 10, done = 4 } = {}): Promise<RunRef> {
    const run = await runs.create(REQUEST, { source: 'cli' });
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
    await cell.redis.hset(cell.keys.run('acme', run.runId), { cursor: candidates, candidates, done });
    await cell.redis.hset(cell.keys.parked('acme', run.runId), 'sonar', parked);
    return run;
  }

  const types = async (run: RunRef): Promise<string[]> =>
    (await runs.events(run)).map(({ type }) => type).slice(2);

  it('pauses and resumes a run by itself, each once however often it looks', async () => {
    const run = await runWaiting(6);
    await pausing.pass();
    await pausing.pass();
    const paused = await runs.get(run);
    expect(paused).toMatchObject({ state: 'paused', pause_reason: 'vendor_cap' });
    expect(paused.status.message).toMatch(
      /^Paused: sonar minute cap 20\/20 used, resumes .+Z; 4 of 10 companies enriched$/,
    );
    sonar = OPEN;
    await pausing.pass();
    await pausing.pass();
    expect(await runs.get(run)).toMatchObject({ state: 'running', pause_reason: null });
    expect(await types(run)).toEqual(['vendor_closed', 'run_paused', 'vendor_reopened', 'run_resumed']);
  });

  it('tells a run of a closed cap that does not hold it up wholly, and lets it run', async () => {
    const run = await runWaiting(5);
    await pausing.pass();
    expect((await runs.get(run)).state).toBe('running');
    expect(await types(run)).toEqual(['vendor_closed']);
  });

  it('leaves a run alone that a person has paused, also one that it had paused itself', async () => {
    const run = await runWaiting(6);
    await pausing.pass();
    const byPerson = { event: 'run_paused', message: 'stop', fields: { pause_reason: 'person' } } as const;
    expect(await runs.transition(run, 'paused', byPerson)).toBe(true);
    sonar = OPEN;
    await pausing.pass();
    expect(await runs.get(run)).toMatchObject({ state: 'paused', pause_reason: 'person' });
  });

  it('does not resume what a person pauses between its look and its move', async () => {
    const run = await runWaiting(6);
    await pausing.pass();
    const byPerson = { event: 'run_paused', message: 'stop', fields: { pause_reason: 'person' } } as const;
    await runs.transition(run, 'paused', byPerson);
    const moved = await runs.transition(run, 'running', {
      event: 'run_resumed',
      message: 'go',
      ifPausedFor: 'vendor_cap',
    });
    expect(moved).toBe(false);
    expect((await runs.get(run)).state).toBe('paused');
  });

  it('goes on with the other runs when one cannot be looked at', async () => {
    const broken = await runWaiting(6);
    await cell.redis.del(cell.keys.events('acme', broken.runId));
    await cell.redis.set(cell.keys.events('acme', broken.runId), 'no stream');
    const run = await runWaiting(6);
    await pausing.pass();
    expect((await runs.get(run)).state).toBe('paused');
    expect(failures.splice(0)).toEqual([expect.stringContaining('WRONGTYPE')]);
  });
});
