import { RunRepository } from '#libs/run-state';
import { LeadRun } from '../../test/lead-run';
import { serveApi, type ServedApi } from '../../test/served-api';

const RUNS_MAX = 3;

describe('retries over HTTP', () => {
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi({ LEADGEN_API_ACTIVE_RUNS_PER_TENANT: String(RUNS_MAX) });
  });
  afterAll(() => api.stop());

  const retry = (id: string, body: object = {}): ReturnType<ServedApi['ask']> =>
    api.ask('acme', `/api/orchestrations/${id}/retry`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('count among the tenant’s active runs, however many are asked for at once', async () => {
    const ended: LeadRun[] = [];
    for (let n = 0; n < RUNS_MAX + 2; n += 1) {
      const run = await LeadRun.going(api, { ends: ['failed'] });
      await run.complete([0], { A: 0, B: 0, C: 1 });
      ended.push(run);
    }
    const answers = await Promise.all(ended.map((run) => retry(run.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 429, 429]);
    for (const { status, body, headers } of answers) {
      if (status !== 429) continue;
      expect(body).toMatchObject({ code: 'too_many_runs' });
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const refused = ended[answers.findIndex(({ status }) => status === 429)]?.id ?? '';
    // What it would take is told all the same.
    expect((await retry(refused, { dry_run: true })).status).toBe(200);
    const taken = ended[answers.findIndex(({ status }) => status === 202)]?.run;
    if (!taken) throw new Error('none was taken');
    await new RunRepository(api.redis, api.keys).transition(taken, 'cancelled', {
      event: 'run_cancelled',
      message: 'stop',
    });
    expect((await retry(refused)).status).toBe(202);
  });
});
