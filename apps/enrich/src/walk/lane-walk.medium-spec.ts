import { once } from 'node:events';
import { shortHash } from '#libs/kernel';
import type { StageJobReport } from '#libs/queue';
import type { RunRef } from '#libs/run-state';
import { startTestRedis, waitUntil, type TestRedis } from '#libs/testing';
import type { CallRequest, Gate } from '#libs/vendor-gate';
import { LaneCell } from '../../test/lane-cell';

const WAIT_MS = 40_000;
const HOUR_MS = 3_600_000;

describe('companies that wait in lanes, on a real Redis', () => {
  let server: TestRedis;
  let cell: LaneCell;
  let cells = 0;

  beforeAll(async () => {
    server = await startTestRedis();
  });

  beforeEach(async () => {
    cells += 1;
    cell = await LaneCell.start(server.url, `t${cells}`);
  });

  afterEach(() => cell.stop());

  afterAll(() => server.stop());

  const until = (holds: () => boolean | Promise<boolean>, what: string): Promise<void> =>
    waitUntil(holds, { timeoutMs: WAIT_MS, what });
  const done = async (run: RunRef): Promise<number> => (await cell.runs.get(run)).counters.done;
  const parked = (): Promise<number> => cell.flow.lanes.queue('finder').count();
  const attempts = (reports: readonly StageJobReport[]): number[] => [
    ...new Set(reports.map(({ attempt }) => attempt)),
  ];

  it('are each walked to their end once, whatever cap they meet on their way, and the export waits for all', async () => {
    cell.desk.caps.set('finder', { concurrency: 2 });
    cell.desk.caps.set('verifier', {
      windows: [{ name: 'second', kind: 'sliding', limit: 20, lengthMs: 500, units: 1 }],
    });
    let calling = 0;
    let most = 0;
    cell.desk.scripts.set('finder', async () => {
      most = Math.max(most, (calling += 1));
      await once(AbortSignal.timeout(5), 'abort');
      calling -= 1;
      return undefined;
    });
    const run = await cell.addRun(80);
    const stages = await cell.endStages();
    const workers = await Promise.all([cell.enrich(), cell.enrich()]);
    await until(async () => (await done(run)) === 80, 'all companies are done');
    await until(() => stages.exported() === 1, 'the export runs');
    expect(most).toBeLessThanOrEqual(2);
    for (const vendor of ['web', 'finder']) expect(cell.desk.asked(vendor)).toBe(80);
    const reports = workers.flatMap((worker) => worker.reports);
    expect(reports.some(({ lane }) => lane === 'finder')).toBe(true);
    expect(attempts(reports)).toEqual([1]);
    expect((await cell.runs.get(run)).counters).toEqual({ candidates: 80, done: 80, failed: 0 });
  });

  /** The gate as its port promises it: whoever asks inline is told to queue up while somebody waits in the lane. */
  function gateWithTurns(): Gate {
    const gate = cell.gate();
    return Object.assign(Object.create(gate) as Gate, {
      acquire: async (request: CallRequest) => {
        if (request.vendor === 'finder' && request.from === 'inline') {
          const queue = cell.flow.lanes.queue('finder');
          if ((await queue.count()) + (await queue.getActiveCount()) > 0)
            return { kind: 'wait', inMs: 50, reason: 'turn' };
        }
        return gate.acquire(request);
      },
    });
  }

  it('are served in their order, and nobody who comes later overtakes them', async () => {
    cell.desk.caps.set('finder', { concurrency: 1 });
    await cell.flow.lanes.close('finder', HOUR_MS);
    const gate = gateWithTurns();
    const early = await cell.addRun(5);
    // The first of them finds the lane empty; whoever is first in it from then on comes before all others.
    await cell.redis.hset(cell.keys.cap('finder'), 'closed_until', Date.now() + HOUR_MS);
    await cell.enrich({ gate, concurrency: 1 });
    await until(async () => (await parked()) === 5, 'all five wait');
    await cell.redis.del(cell.keys.cap('finder'));
    const late = await cell.addRun(5);
    await until(async () => (await parked()) === 10, 'the others queue up behind them');
    expect(cell.desk.asked('finder')).toBe(0);
    await cell.flow.lanes.reopen('finder');
    await until(async () => (await done(early)) + (await done(late)) === 10, 'all are done');
    const asked = cell.desk.inputs
      .filter((input) => Object.hasOwn(input as object, 'titles'))
      .map((input) => (input as { domain: string }).domain);
    expect(asked).toEqual([...early.domains, ...late.domains]);
  });

  it('ask nobody while their vendor is closed, burn no attempt, and go on within two seconds of an early reopening', async () => {
    const gate = cell.gate();
    const acquire = jest.spyOn(gate, 'acquire');
    await cell.redis.hset(cell.keys.cap('finder'), 'closed_until', Date.now() + HOUR_MS);
    const run = await cell.addRun(30);
    const worker = await cell.enrich({ gate });
    await until(async () => (await parked()) === 30, 'all wait');
    await until(async () => (await cell.flow.lanes.closedForMs('finder')) > 0, 'the lane is closed');
    await until(async () => (await cell.flow.lanes.queue('finder').getActiveCount()) === 0, 'nobody asks');
    const asked = acquire.mock.calls.length;
    const since = performance.now();
    await until(() => performance.now() - since > 2_500, 'a while has passed');
    expect(acquire.mock.calls).toHaveLength(asked);

    await cell.redis.del(cell.keys.cap('finder'));
    const reopened = performance.now();
    await cell.flow.lanes.reopen('finder');
    await until(() => cell.desk.asked('finder') > 0, 'the vendor is asked');
    expect(performance.now() - reopened).toBeLessThan(2_000);
    await until(async () => (await done(run)) === 30, 'all are done');
    expect(attempts(worker.reports)).toEqual([1]);
    expect(cell.desk.asked('finder')).toBe(30);
  });

  it('end without a call when their run is cancelled, and are not scored', async () => {
    await cell.redis.hset(cell.keys.cap('finder'), 'closed_until', Date.now() + HOUR_MS);
    const run = await cell.addRun(5);
    const stages = await cell.endStages();
    await cell.enrich();
    await until(async () => (await parked()) === 5, 'all wait');
    await cell.runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
    expect(stages.exported()).toBe(0);
    await cell.redis.del(cell.keys.cap('finder'));
    await cell.flow.lanes.reopen('finder');
    await until(() => stages.exported() === 1, 'the export is released');
    expect(cell.desk.asked('finder')).toBe(0);
    expect(await done(run)).toBe(0);
  });

  it('go back to their lane when the process has to stop, and are walked by the next', async () => {
    cell.desk.caps.set('finder', {
      concurrency: 8,
      windows: [{ name: 'window', kind: 'sliding', limit: 1, lengthMs: 900, units: 1 }],
    });
    const run = await cell.addRun(6);
    const stopping = await cell.enrich({ finishMs: 20 });
    await until(async () => (await cell.flow.lanes.queue('finder').getActiveCount()) >= 3, 'some sleep');
    await stopping.stop();
    const ended = await done(run);
    expect(ended).toBeLessThan(6);
    const next = await cell.enrich();
    await until(async () => (await done(run)) === 6, 'all are done');
    expect(cell.desk.asked('finder')).toBe(6);
    expect(attempts([...stopping.reports, ...next.reports])).toEqual([1]);
  });

  it.each([
    ['before it could add the next job', false],
    ['after it had added the next job', true],
  ])('are not lost when their worker dies %s', async (_when, added) => {
    cell.desk.caps.set('finder', { concurrency: 1 });
    let deaths = 0;
    const dying = {
      addHop: async (...hop: Parameters<typeof cell.flow.addHop>): Promise<void> => {
        const dies = deaths < 3;
        deaths += 1;
        if (!dies || added) await cell.flow.addHop(...hop);
        if (dies) throw new Error('killed');
      },
    };
    const run = await cell.addRun(6);
    const stages = await cell.endStages();
    await cell.enrich({ flow: dying });
    await until(async () => (await done(run)) === 6, 'all are done');
    await until(() => stages.exported() === 1, 'the export runs');
    expect(deaths).toBeGreaterThan(3);
    for (const vendor of ['web', 'finder']) expect(cell.desk.asked(vendor)).toBe(6);
  });

  it('are walked by the job they name, also where a release that named jobs otherwise wrote it', async () => {
    const run = await cell.addRun(3);
    const stages = await cell.endStages();
    for (const domain of run.domains) {
      const companyId = `c_${shortHash(domain, 16)}`;
      const named = { next: `${run.runId}-${companyId}-e0-h1`, next_lane: '' };
      await cell.redis.hset(cell.keys.company(run.tenantId, run.runId, companyId), named);
    }
    const { reports } = await cell.enrich();
    await until(async () => (await done(run)) === 3, 'all are done');
    await until(() => stages.exported() === 1, 'the export runs');
    expect(reports).toHaveLength(6);
    for (const vendor of ['web', 'finder']) expect(cell.desk.asked(vendor)).toBe(3);
  });
});
