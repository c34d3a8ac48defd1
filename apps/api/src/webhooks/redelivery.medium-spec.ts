import { randomBytes } from 'node:crypto';
import { AuditLog } from '#libs/audit';
import { WEBHOOK_QUEUE, webhookIdOf, type RunState } from '#libs/contracts';
import { REDELIVERIES_PER_HOUR, RunRepository, type RunRef } from '#libs/run-state';
import { serveApi, type ServedApi } from '../../test/served-api';

const WEBHOOK = {
  url: 'https://hooks.example.com/leads',
  secret: `whsec_${randomBytes(32).toString('base64')}`,
};

describe('a delivery of a webhook that is asked for again', () => {
  let api: ServedApi;
  let runs: RunRepository;

  beforeAll(async () => {
    api = await serveApi({ LEADGEN_SEALING_KEY: randomBytes(32).toString('base64') });
    runs = new RunRepository(api.redis, api.keys);
  });
  afterAll(() => api.stop());

  async function newRun(tenantId: string, more: object = {}): Promise<RunRef> {
    const { status, body } = await api.send('POST', '/api/orchestrations', {
      tenant: tenantId,
      body: { input: 'go', ...more },
    });
    expect(status).toBe(202);
    return { tenantId, runId: String(body.run_id) };
  }
  async function moved(run: RunRef, ...states: RunState[]): Promise<RunRef> {
    for (const state of states) await runs.transition(run, state, { event: 'progress', message: state });
    return run;
  }
  const again = (run: RunRef, body: object = {}, tenant = run.tenantId): ReturnType<ServedApi['send']> =>
    api.send('POST', `/api/orchestrations/${run.runId}/webhook-deliveries`, { tenant, body });
  const waiting = (): Promise<string[]> =>
    api.redis.lrange(api.keys.queue(WEBHOOK_QUEUE.queue, 'wait'), 0, -1);

  it('is queued under the id that it had, and written down', async () => {
    const run = await moved(await newRun('acme', { webhook: WEBHOOK }), 'running', 'completed');
    const id = webhookIdOf(run.runId, 3);
    for (const body of [{}, { webhook_id: id }]) {
      const answer = await again(run, body);
      expect([answer.status, answer.body]).toEqual([202, { webhook_id: id }]);
    }
    const path = `/api/orchestrations/${run.runId}/webhook-deliveries`;
    // Without a body it is what is usual for all routes that take one.
    expect((await api.send('POST', path)).status).toBe(202);
    // The second found the first one still to be made.
    expect(await waiting()).toEqual([`webhook-${run.runId}-3-again`]);
    const { entries } = await new AuditLog(api.redis, api.keys).read({ tenantId: 'acme' });
    expect(entries[0]).toMatchObject({
      action: 'run.webhook_redelivered',
      target: run.runId,
      details: { webhook_id: id },
    });
  });

  it('is refused for a run that goes on, that nobody hears of, or of another tenant', async () => {
    const going = await moved(await newRun('globex', { webhook: WEBHOOK }), 'running');
    expect(await again(going)).toMatchObject({ status: 409, body: { code: 'run_not_ended' } });
    const silent = await moved(await newRun('globex'), 'running', 'failed');
    expect(await again(silent)).toMatchObject({ status: 409, body: { code: 'webhook_not_set' } });
    expect(await again(silent, {}, 'acme')).toMatchObject({ status: 404, body: { code: 'run_not_found' } });
    await api.send('PUT', '/api/tenants/me/webhook', { tenant: 'globex', body: WEBHOOK });
    expect((await again(silent)).status).toBe(202);
  });

  it('is refused for a message that a later end has overtaken, and for none', async () => {
    const run = await moved(await newRun('initech', { webhook: WEBHOOK }), 'running', 'failed');
    await runs.retries.begin(run, 'again', { causes: ['failed'] });
    expect(await again(run)).toMatchObject({ status: 409, body: { code: 'run_not_ended' } });
    await moved(run, 'completed');
    for (const id of [webhookIdOf(run.runId, 3), 'nonsense']) {
      expect(await again(run, { webhook_id: id })).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
    }
    expect((await again(run)).body).toEqual({ webhook_id: webhookIdOf(run.runId, 5) });
  });

  it('is made so often an hour for a run, also when all ask at once, and other runs are not held up', async () => {
    const run = await moved(await newRun('hooli', { webhook: WEBHOOK }), 'cancelled');
    const other = await moved(await newRun('hooli', { webhook: WEBHOOK }), 'cancelled');
    const answers = await Promise.all(Array.from({ length: REDELIVERIES_PER_HOUR + 3 }, () => again(run)));
    const refused = answers.filter(({ status }) => status !== 202);
    expect(refused).toHaveLength(3);
    for (const { status, body, headers } of refused) {
      expect([status, body.code]).toEqual([429, 'too_many_redeliveries']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(3_000);
    }
    expect((await again(other)).status).toBe(202);
    expect(await api.redis.ttl(api.keys.webhookRedeliveries('hooli', run.runId))).toBeGreaterThan(0);
  });
});
