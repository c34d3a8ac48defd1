import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import {
  askApi,
  askTenantApi,
  hasEnded,
  startTestCell,
  startWebhookReceiver,
  untilRun,
  waitUntil,
  websitesOf,
  type PostedRun,
  type SpawnedApp,
  type TestCell,
  type WebhookReceiver,
} from '#libs/testing';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
/** A killed process is noticed within 15 s; the rest is patience with a busy machine. */
const PATIENCE_MS = 60_000;

describe('a run that was started with a webhook', () => {
  let cell: TestCell;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    receiver = await startWebhookReceiver();
    cell = await startTestCell({
      api: true,
      env: {
        LEADGEN_SEALING_KEY: randomBytes(32).toString('base64'),
        LEADGEN_WEBHOOK_LOOPBACK: receiver.origin,
      },
    });
  });

  afterAll(async () => {
    await receiver.close();
    await cell.stop();
  });

  beforeEach(() => {
    receiver.received.length = 0;
  });

  async function post(more: object): Promise<PostedRun> {
    const { run_id: runId } = (await askApi(cell, 'acme', '', {
      input: 'run full pipeline',
      icp_payload: {},
      webhook: { url: `${receiver.origin}/hook`, secret: SECRET },
      ...more,
    })) as { run_id: string };
    return { tenant: 'acme', runId };
  }

  const deliveries = async ({ tenant, runId }: PostedRun): Promise<Record<string, unknown>[]> => {
    const answer = await askApi(cell, tenant, `/${runId}/webhook-deliveries`);
    return (answer as { data: Record<string, unknown>[] }).data;
  };

  const arrived = (count: number): Promise<void> =>
    waitUntil(() => receiver.received.length >= count, {
      timeoutMs: PATIENCE_MS,
      what: `${count} messages have come`,
    });

  it('tells the receiver how it ended, and the tenant what became of that', async () => {
    const companies = websitesOf('hooked', 2).map((website) => ({ name: `Company at ${website}`, website }));
    const run = await post({ companies, limit: 2 });
    const { output } = await untilRun(cell, run, hasEnded);
    await arrived(1);
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
    expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'run.completed',
      data: { run_id: run.runId, state: 'completed', output: { leads: output?.leads, simulated: true } },
    });
    expect(body).not.toContain('hooked');
    await waitUntil(async () => (await deliveries(run)).length > 0, {
      timeoutMs: PATIENCE_MS,
      what: 'the attempt is listed',
    });
    expect(await deliveries(run)).toEqual([
      {
        webhook_id: (headers as Record<string, string>)['webhook-id'],
        type: 'run.completed',
        attempt: 1,
        redelivery: false,
        at: expect.any(String),
        outcome: 'delivered',
        status: 204,
        duration_ms: expect.any(Number),
        error: null,
        next_attempt_at: null,
      },
    ]);
    await expect(askApi(cell, 'globex', `/${run.runId}/webhook-deliveries`)).rejects.toThrow(/404/);
  });

  it('tells it although the process that was about to is killed', async () => {
    receiver.answerNext('never');
    // Nothing to work on: it ends with a question.
    await post({});
    await arrived(1);
    const exporter = cell.apps.find(({ name }) => name === 'export') as SpawnedApp;
    exporter.signal('SIGKILL');
    await exporter.exited;
    await cell.start('export');
    await arrived(2);
    const [first, second] = receiver.received;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(
      new Webhook(SECRET).verify(second?.body ?? '', second?.headers as Record<string, string>),
    ).toMatchObject({ type: 'run.needs_input' });
  });

  it('tells the tenant’s default where a run names none, and tells it again when asked to', async () => {
    const { body: stored } = await askTenantApi(cell, 'initech', 'PUT', '/webhook', {
      url: `${receiver.origin}/default`,
    });
    const { run_id: runId } = (await askApi(cell, 'initech', '', { input: 'run full pipeline' })) as {
      run_id: string;
    };
    await arrived(1);
    const run = { tenant: 'initech', runId };
    const listed = (count: number): Promise<void> =>
      waitUntil(async () => (await deliveries(run)).length >= count, {
        timeoutMs: PATIENCE_MS,
        what: `${count} attempts are listed`,
      });
    await listed(1);
    await askApi(cell, run.tenant, `/${runId}/webhook-deliveries`, {});
    await arrived(2);
    const [first, second] = receiver.received;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    const secret = String((stored as { secret: unknown }).secret);
    expect(
      new Webhook(secret).verify(second?.body ?? '', second?.headers as Record<string, string>),
    ).toMatchObject({ type: 'run.needs_input', data: { run_id: runId } });
    await listed(2);
    expect(await deliveries(run)).toMatchObject([
      { redelivery: false },
      { redelivery: true, outcome: 'delivered' },
    ]);
  });

  it.each([
    ['a URL that is not https', { url: 'http://example.com/hook', secret: SECRET }],
    ['an address of the house', { url: 'https://192.168.0.1/hook', secret: SECRET }],
    ['no URL', { url: 'hook', secret: SECRET }],
    ['a weak secret', { url: 'https://example.com/hook', secret: 'whsec_c2hvcnQ=' }],
    ['no secret', { url: 'https://example.com/hook' }],
    ['null', null],
    ['unknown members', { url: 'https://example.com/hook', secret: SECRET, headers: {} }],
  ])('is refused with %s', async (_what, webhook) => {
    await expect(post({ webhook })).rejects.toThrow(/: 400 .*webhook/);
  });

  it('lets nothing leave an offline deployment', async () => {
    const webhook = { url: 'https://example.com/hook', secret: SECRET };
    await expect(post({ webhook })).rejects.toThrow(/: 400 .*offline/);
  });
});
