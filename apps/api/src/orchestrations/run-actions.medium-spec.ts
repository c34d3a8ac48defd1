import { AuditLog } from '#libs/audit';
import type { RunState } from '#libs/contracts';
import { RunFlow } from '#libs/queue';
import { RunRepository } from '#libs/run-state';
import { serveApi, type ServedApi } from '../../test/served-api';

const PATH = '/api/orchestrations';
const ACTIONS = ['pause', 'resume', 'cancel'] as const;

type Answer = Awaited<ReturnType<ServedApi['ask']>>;

describe('runs, told what to do over HTTP', () => {
  let api: ServedApi;
  let runs: RunRepository;

  beforeAll(async () => {
    api = await serveApi();
    runs = new RunRepository(api.redis, api.keys);
  });
  afterAll(() => api.stop());

  const start = async (tenant: string, body: object = {}): Promise<string> => {
    const answer = await api.ask(tenant, PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'run full pipeline', ...body }),
    });
    const runId = String(answer.body.run_id);
    // As the worker does that takes it over.
    await api.app.get(RunFlow).addRun({ tenantId: tenant, runId });
    return runId;
  };
  const tell = (tenant: string, id: string, action: string): Promise<Answer> =>
    api.ask(tenant, `${PATH}/${id}/${action}`, { method: 'POST' });
  const move = (tenantId: string, runId: string, to: RunState): Promise<boolean> =>
    runs.transition({ tenantId, runId }, to, { event: 'progress', message: `now ${to}` });
  const eventsOf = async (tenantId: string, runId: string): Promise<string[]> =>
    (await runs.events({ tenantId, runId })).map(({ type }) => type);
  const auditOf = async (tenantId: string): Promise<string[]> =>
    (await new AuditLog(api.redis, api.keys).read({ tenantId })).entries
      .map(({ action, target }) => `${action} ${target}`)
      .reverse();

  it('pauses, resumes and cancels a run, and says how it is then; doing it again changes nothing', async () => {
    const id = await start('teller');
    await move('teller', id, 'running');
    const expected = [
      ['pause', { state: 'paused', pause_reason: 'person' }, true],
      ['resume', { state: 'running', pause_reason: null }, false],
      ['cancel', { state: 'cancelled', finished_at: expect.any(String) }, false],
    ] as const;
    for (const [action, view, held] of expected) {
      for (let time = 1; time <= 2; time += 1) {
        expect(await tell('teller', id, action)).toMatchObject({
          status: 200,
          body: { run_id: id, ...view },
        });
      }
      expect([action, await api.app.get(RunFlow).isHeld(id)]).toEqual([action, held]);
    }
    const told = ['run_paused', 'run_resumed', 'run_cancelled'];
    expect((await eventsOf('teller', id)).slice(2)).toEqual(told);
    expect(await auditOf('teller')).toEqual(told.map((name) => `${name.replace('_', '.')} ${id}`));
  });

  it('refuses what the state does not allow, and names the state', async () => {
    const ended = await start('refuser');
    await move('refuser', ended, 'running');
    await move('refuser', ended, 'completed');
    for (const action of ACTIONS) {
      const answer = await tell('refuser', ended, action);
      expect(answer).toMatchObject({ status: 409, body: { code: 'illegal_transition' } });
      expect(answer.body.detail).toMatch(/completed/);
    }
    const capped = await start('refuser');
    await move('refuser', capped, 'running');
    await runs.transition({ tenantId: 'refuser', runId: capped }, 'paused', {
      event: 'run_paused',
      message: 'cap',
      fields: { pause_reason: 'vendor_cap' },
    });
    expect(await tell('refuser', capped, 'resume')).toMatchObject({ status: 409 });
    expect(await tell('refuser', capped, 'pause')).toMatchObject({
      status: 200,
      body: { pause_reason: 'person' },
    });
    expect(await auditOf('refuser')).toEqual([`run.paused ${capped}`]);
  });

  it('takes a thread for its single active run, and asks which where there are several', async () => {
    const [first, second] = [
      await start('threader', { thread_id: 'weekly' }),
      await start('threader', { thread_id: 'weekly' }),
    ];
    const ambiguous = await tell('threader', 'weekly', 'cancel');
    expect(ambiguous).toMatchObject({ status: 409, body: { code: 'run_ambiguous' } });
    expect(ambiguous.body.detail).toContain(first);
    expect(ambiguous.body.detail).toContain(second);
    await tell('threader', second, 'cancel');
    expect(await tell('threader', 'weekly', 'pause')).toMatchObject({ status: 200, body: { run_id: first } });
  });

  it.each(ACTIONS)('does not %s a foreign run', async (action) => {
    const id = await start('owner');
    for (const name of [id, 'run_01M83T0C0N157MS0FWEXFGGEYC', 'nothing', '%24']) {
      expect(await tell('stranger', name, action)).toMatchObject({
        status: 404,
        body: { code: 'run_not_found' },
      });
    }
    expect(await runs.state({ tenantId: 'owner', runId: id })).toBe('queued');
  });

  it('whatever the order in which requests race, a run that ends up paused is held, and one that goes on is not', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await start(`racer-${round}`);
      await move(`racer-${round}`, id, 'running');
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, i) => tell(`racer-${round}`, id, i % 2 === 0 ? 'pause' : 'resume')),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      const changes = (await eventsOf(`racer-${round}`, id)).slice(2);
      expect(changes).toEqual(changes.map((_, i) => (i % 2 === 0 ? 'run_paused' : 'run_resumed')));
      const state = await runs.state({ tenantId: `racer-${round}`, runId: id });
      expect([round, state, await api.app.get(RunFlow).isHeld(id)]).toEqual([
        round,
        state,
        state === 'paused',
      ]);
    }
  });
});
