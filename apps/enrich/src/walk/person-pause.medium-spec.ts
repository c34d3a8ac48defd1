import { PersonPause, type RunRef } from '#libs/run-state';
import { startTestRedis, waitUntil, type TestRedis } from '#libs/testing';
import { LaneCell } from '../../test/lane-cell';

const WAIT_MS = 40_000;
const COMPANIES = 40;

describe('a run that a person pauses, on a real Redis', () => {
  let server: TestRedis;
  let cell: LaneCell;
  let pausing: PersonPause;
  let cells = 0;

  beforeAll(async () => {
    server = await startTestRedis();
  });

  beforeEach(async () => {
    cells += 1;
    cell = await LaneCell.start(server.url, `t${cells}`);
    pausing = new PersonPause(cell.runs, cell.companies, cell.flow);
  });

  afterEach(() => cell.stop());

  afterAll(() => server.stop());

  const until = (holds: () => boolean | Promise<boolean>, what: string): Promise<void> =>
    waitUntil(holds, { timeoutMs: WAIT_MS, what });
  const done = async (run: RunRef): Promise<number> => (await cell.runs.get(run)).counters.done;
  const held = async (run: RunRef): Promise<number> =>
    cell.redis.scard(cell.keys.held(run.tenantId, run.runId));
  const nothingWaits = async (): Promise<boolean> => {
    const queues = [null, 'web', 'finder', 'verifier'].map((lane) => cell.flow.lanes.queue(lane));
    const counts = await Promise.all(queues.map((queue) => queue.getJobCounts()));
    return counts.every((count) => Object.values(count).every((n) => n === 0));
  };

  /** A run that is some way on, and the workers that walk it. */
  async function startedRun(): Promise<{ run: RunRef; exported: () => number }> {
    cell.desk.caps.set('finder', { concurrency: 2 });
    cell.desk.scripts.set('finder', async () => {
      const since = performance.now();
      await until(() => performance.now() - since > 20, 'the vendor takes its time');
      return undefined;
    });
    const run = await cell.addRun(COMPANIES);
    const { exported } = await cell.endStages();
    await cell.enrich();
    await until(async () => (await done(run)) >= 5, 'some companies are done');
    return { run, exported };
  }

  it('asks no vendor from then on but for what was under way, and sets its companies aside', async () => {
    const { run, exported } = await startedRun();
    expect(await pausing.pause(run, 'Ada')).toBe(true);
    const [asked, sentAt] = [cell.desk.calls.length, performance.now()];
    await until(async () => (await done(run)) + (await held(run)) === COMPANIES, 'all others are set aside');
    // Grants that were on their way when the state flipped: a vendor call is never cut short.
    expect(cell.desk.calls.length - asked).toBeLessThanOrEqual(4);
    await until(() => performance.now() - sentAt > 1_000, 'a second has passed');
    const afterASecond = cell.desk.calls.length;
    await until(nothingWaits, 'no job is polled');
    expect(cell.desk.calls).toHaveLength(afterASecond);
    expect(exported()).toBe(0);
    const { state, pause_reason: reason, status } = await cell.runs.get(run);
    expect({ state, reason }).toEqual({ state: 'paused', reason: 'person' });
    expect(status.message).toMatch(/^Paused by Ada; \d+ of 40 companies enriched$/);
    expect(await pausing.pause(run, 'Bob')).toBe(false);
  });

  it('goes on where it was when it is resumed, asks nothing twice, and is exported once', async () => {
    const { run, exported } = await startedRun();
    await pausing.pause(run, 'Ada');
    await until(async () => (await done(run)) + (await held(run)) === COMPANIES, 'all others are set aside');
    await pausing.resume(run, 'Ada');
    await until(async () => (await done(run)) === COMPANIES, 'all are done');
    await until(() => exported() === 1, 'the export runs');
    for (const vendor of ['web', 'finder']) expect(cell.desk.asked(vendor)).toBe(COMPANIES);
    expect(await held(run)).toBe(0);
  });

  it('loses no company when whoever resumes it dies half-way and another finishes', async () => {
    const { run, exported } = await startedRun();
    await pausing.pause(run, 'Ada');
    await until(async () => (await held(run)) > 3, 'some are set aside');
    let left = 2;
    const dying = new PersonPause(cell.runs, cell.companies, {
      hold: (of) => cell.flow.hold(of),
      release: (of) => cell.flow.release(of),
      firstJob: (of, company, epoch) => cell.flow.firstJob(of, company, epoch),
      addNamed: async (of, company, next) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        await cell.flow.addNamed(of, company, next);
      },
    });
    await expect(dying.resume(run, 'Ada')).rejects.toThrow('killed');
    await pausing.release(run);
    await until(async () => (await done(run)) === COMPANIES, 'all are done');
    await until(() => exported() === 1, 'the export runs');
    for (const vendor of ['web', 'finder']) expect(cell.desk.asked(vendor)).toBe(COMPANIES);
  });

  it('may be paused and resumed again and again, also in the middle of either', async () => {
    const { run, exported } = await startedRun();
    for (let round = 0; round < 5; round += 1) {
      await pausing.pause(run, 'Ada');
      await until(async () => (await held(run)) > 0, 'one is set aside');
      await pausing.resume(run, 'Ada');
    }
    await until(async () => (await done(run)) === COMPANIES, 'all are done');
    await until(() => exported() === 1, 'the export runs');
    for (const vendor of ['web', 'finder']) expect(cell.desk.asked(vendor)).toBe(COMPANIES);
  });

  it('can be cancelled while it is paused, and is then let go', async () => {
    const { run, exported } = await startedRun();
    await pausing.pause(run, 'Ada');
    await cell.runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
    await cell.flow.release(run);
    await until(() => exported() === 1, 'the export is released');
    const asked = cell.desk.calls.length;
    await until(nothingWaits, 'nothing is left to do');
    expect(cell.desk.calls.length - asked).toBeLessThanOrEqual(4);
  });
});
