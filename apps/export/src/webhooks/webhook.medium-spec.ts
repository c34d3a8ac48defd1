import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { loadSettings } from '#libs/config';
import { WEBHOOK_TYPES, webhookSecretPlace, type RunState } from '#libs/contracts';
import { createLogger } from '#libs/observability';
import { WebhookQueue } from '#libs/queue';
import {
  RunRepository,
  RunTraces,
  WebhookLog,
  WebhookOutbox,
  WebhookRedeliveries,
  type RunRef,
} from '#libs/run-state';
import { Sealer } from '#libs/sealing';
import { TenantWebhooks, type TenantWebhook } from '#libs/tenancy';
import { startWebhookReceiver, useTestRedis, waitUntil, type WebhookReceiver } from '#libs/testing';
import { createReceiverClient } from '#libs/vendors';
import { WebhookDelivery } from './webhook-delivery';
import { WebhookDuty } from './webhook.duty';

const SEALING_KEY = randomBytes(32).toString('base64');
const SECRET = `whsec_${randomBytes(24).toString('base64')}`;
const PATIENCE_MS = 30_000;
const FIRST_TRY = { jobId: 'webhook-1', attempt: 1, retryInMs: 5_000, isRedelivery: false };

describe('the webhook of a run', () => {
  const used = useTestRedis();
  const sealer = new Sealer([SEALING_KEY]);
  const duties: WebhookDuty[] = [];
  let receiver: WebhookReceiver;
  let runs: RunRepository;
  let log: WebhookLog;
  let defaults: TenantWebhooks;

  beforeEach(async () => {
    receiver = await startWebhookReceiver();
    runs = new RunRepository(used.redis, used.keys);
    log = new WebhookLog(used.redis, used.keys);
    defaults = new TenantWebhooks(used.redis, used.keys, sealer);
  });

  afterEach(async () => {
    // Whoever waits for a receiver hears at once that there is none.
    await receiver.close();
    await Promise.all(duties.splice(0).map((duty) => duty.stop()));
  });

  function startDuty(): void {
    const settings = loadSettings({
      REDIS_URL: used.url,
      LEADGEN_CELL: used.keys.cell,
      LEADGEN_SEALING_KEY: SEALING_KEY,
      LEADGEN_WEBHOOK_LOOPBACK: receiver.origin,
    });
    const logger = createLogger({ app: 'export', level: 'silent' });
    const duty = new WebhookDuty(
      used.redis,
      settings,
      logger,
      used.keys,
      runs,
      new RunTraces(used.redis, used.keys),
    );
    duty.start();
    duties.push(duty);
  }

  async function newRun(url = `${receiver.origin}/hook`): Promise<RunRef> {
    return runs.create(
      {
        tenant_id: 'acme',
        input: 'sell to canary-company',
        mode: 'full',
        limit: 5,
        export: ['csv'],
        webhook: { url },
      },
      { source: 'api', webhookSecret: sealer.seal(SECRET, webhookSecretPlace('acme')) },
    );
  }

  async function end(run: RunRef, state: RunState = 'completed'): Promise<void> {
    await runs.transition(run, 'running', { event: 'run_start', message: 'Started' });
    await runs.transition(run, state, { event: 'run_complete', message: 'Done' });
  }

  const arrived = (count: number): Promise<void> =>
    waitUntil(() => receiver.received.length >= count, {
      timeoutMs: PATIENCE_MS,
      what: `${count} messages have come`,
    });
  const logged = async (run: RunRef, count: number): Promise<void> =>
    waitUntil(async () => (await log.list(run)).length >= count, {
      timeoutMs: PATIENCE_MS,
      what: `${count} attempts are logged`,
    });

  it.each(Object.entries(WEBHOOK_TYPES))(
    'tells that a run is %s, once, signed so that the standard’s own library believes it',
    async (state, type) => {
      startDuty();
      startDuty();
      const run = await newRun();
      await end(run, state as RunState);
      await arrived(1);
      await logged(run, 1);
      const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
      expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
        type,
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        data: { run_id: run.runId, state, links: { self: `/api/orchestrations/${run.runId}` } },
      });
      expect(() => new Webhook(SECRET).verify(`${body} `, headers as Record<string, string>)).toThrow();
      expect(headers['content-type']).toBe('application/json');
      expect(body).not.toMatch(/canary|whsec/);
      expect(await log.list(run)).toEqual([
        expect.objectContaining({
          type,
          attempt: 1,
          outcome: 'delivered',
          status: 204,
          next_attempt_at: null,
        }),
      ]);
      expect(await new WebhookOutbox(used.redis, used.keys).waiting(10)).toEqual([]);
      expect(receiver.received).toHaveLength(1);
    },
  );

  it('says nothing of a run without one, or that goes on', async () => {
    const silent = await runs.create(
      { tenant_id: 'acme', input: 'go', mode: 'full', limit: 5, export: ['csv'] },
      { source: 'api' },
    );
    await end(silent);
    const paused = await newRun();
    await runs.transition(paused, 'running', { event: 'run_start', message: 'Started' });
    await runs.transition(paused, 'paused', { event: 'run_paused', message: 'Paused' });
    expect(await new WebhookOutbox(used.redis, used.keys).waiting(10)).toEqual([]);
  });

  it('is owed from the moment the run ends, whoever dies then: it comes once somebody works again', async () => {
    const run = await newRun();
    await end(run);
    expect(await new WebhookOutbox(used.redis, used.keys).waiting(10)).toEqual([
      { tenantId: 'acme', runId: run.runId, eventId: 3 },
    ]);
    startDuty();
    await arrived(1);
  });

  it('is tried again after an error, as the same message, and the log says when', async () => {
    receiver.answerNext({ status: 500, body: 'out of order' });
    startDuty();
    const run = await newRun();
    await end(run);
    await arrived(2);
    await logged(run, 2);
    const [first, second] = receiver.received;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    new Webhook(SECRET).verify(second?.body ?? '', (second?.headers ?? {}) as Record<string, string>);
    const [failed, delivered] = await log.list(run);
    expect(failed).toMatchObject({ attempt: 1, outcome: 'failed', status: 500, error: 'answered 500' });
    expect(Date.parse(delivered?.at ?? '')).toBeGreaterThanOrEqual(
      Date.parse(failed?.next_attempt_at ?? '') - 50,
    );
    expect(delivered).toMatchObject({ attempt: 2, outcome: 'delivered' });
  });

  it('tells each ending of a run that ends twice', async () => {
    startDuty();
    const run = await newRun();
    await end(run, 'failed');
    await arrived(1);
    // As a retry does.
    await used.redis.hset(used.keys.run(run.tenantId, run.runId), { state: 'running' });
    await runs.transition(run, 'completed', { event: 'run_complete', message: 'Done' });
    await arrived(2);
    expect(receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'run.failed',
      'run.completed',
    ]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
  });

  describe('of the tenant', () => {
    const OTHER_SECRET = `whsec_${randomBytes(32).toString('base64')}`;
    const plainRun = (): Promise<RunRef> =>
      runs.create(
        { tenant_id: 'acme', input: 'go', mode: 'full', limit: 5, export: ['csv'] },
        { source: 'cron' },
      );
    const heardAs = (i: number, secret: string): unknown => {
      const { headers, body } = receiver.received[i] ?? { headers: {}, body: '' };
      return new Webhook(secret).verify(body, headers as Record<string, string>);
    };

    it('is told of a run that names none, and of no other tenant’s; one that names its own tells that', async () => {
      await defaults.set('acme', { url: `${receiver.origin}/default`, secret: OTHER_SECRET });
      const foreign = await runs.create(
        { tenant_id: 'globex', input: 'go', mode: 'full', limit: 5, export: ['csv'] },
        { source: 'api' },
      );
      await end(foreign);
      expect(await new WebhookOutbox(used.redis, used.keys).waiting(10)).toEqual([]);
      startDuty();
      const plain = await plainRun();
      await end(plain, 'partial');
      await arrived(1);
      expect(heardAs(0, OTHER_SECRET)).toMatchObject({ type: 'run.partial', data: { run_id: plain.runId } });
      const own = await newRun();
      await end(own);
      await arrived(2);
      expect(heardAs(1, SECRET)).toMatchObject({ data: { run_id: own.runId } });
      await logged(plain, 1);
      expect(await log.list(plain)).toMatchObject([{ outcome: 'delivered', redelivery: false }]);
    });

    it('is what it is when the run ends: a change holds for runs that go on', async () => {
      const before = await plainRun();
      const after = await plainRun();
      await defaults.set('acme', { url: `${receiver.origin}/first`, secret: OTHER_SECRET });
      await end(before);
      expect(await new WebhookOutbox(used.redis, used.keys).waiting(10)).toHaveLength(1);
      await defaults.remove('acme');
      await end(after);
      expect(await new WebhookOutbox(used.redis, used.keys).waiting(10)).toHaveLength(1);
      await defaults.set('acme', { url: `${receiver.origin}/second`, secret: SECRET });
      startDuty();
      await arrived(1);
      expect(heardAs(0, SECRET)).toMatchObject({ data: { run_id: before.runId } });
    });

    it('taken back, hears nothing more', async () => {
      await defaults.set('acme', { url: `${receiver.origin}/hook`, secret: OTHER_SECRET });
      const run = await plainRun();
      await end(run);
      await defaults.remove('acme');
      startDuty();
      await waitUntil(async () => (await new WebhookOutbox(used.redis, used.keys).waiting(10)).length === 0, {
        timeoutMs: PATIENCE_MS,
        what: 'the ending is taken over',
      });
      const told = await newRun();
      await end(told);
      await arrived(1);
      expect(heardAs(0, SECRET)).toMatchObject({ data: { run_id: told.runId } });
      expect(await log.list(run)).toEqual([]);
    });

    it('is sealed anew when the deployment’s key has changed', async () => {
      const newer = randomBytes(32).toString('base64');
      await defaults.set('acme', { url: receiver.origin, secret: OTHER_SECRET });
      const both = new TenantWebhooks(used.redis, used.keys, new Sealer([newer, SEALING_KEY]));
      const only = new TenantWebhooks(used.redis, used.keys, new Sealer([newer]));
      const stored = async (): Promise<TenantWebhook> => {
        const found = await defaults.find('acme');
        if (!found) throw new Error('it is gone');
        return found;
      };
      await expect(only.secretOf('acme', await stored())).rejects.toMatchObject({
        code: 'sealed_unreadable',
      });
      expect(await both.secretOf('acme', await stored())).toBe(OTHER_SECRET);
      expect(await only.secretOf('acme', await stored())).toBe(OTHER_SECRET);
      await expect(only.secretOf('globex', await stored())).rejects.toMatchObject({
        code: 'sealed_unreadable',
      });
    });
  });

  describe('that is to be told again', () => {
    const again = async (run: RunRef): Promise<void> => {
      const queue = new WebhookQueue(used.redis, used.keys);
      const { tenantId, runId, eventId } = await new WebhookRedeliveries(used.redis, used.keys).lastEnding(
        run,
      );
      await queue.addAgain({ tenantId, runId, eventId });
      await queue.close();
    };

    it('gets the same message under the same id, each time it is asked for, and the log says so', async () => {
      startDuty();
      const run = await newRun();
      await end(run);
      await arrived(1);
      await logged(run, 1);
      for (const count of [2, 3]) {
        // The one asked for before is logged while its job is still in hand.
        await waitUntil(
          async () => {
            await again(run);
            return receiver.received.length >= count;
          },
          { timeoutMs: PATIENCE_MS, what: `message ${count} has come` },
        );
      }
      const [first, ...others] = receiver.received;
      for (const { headers, body } of others) {
        expect([headers['webhook-id'], body]).toEqual([first?.headers['webhook-id'], first?.body]);
        new Webhook(SECRET).verify(body, headers as Record<string, string>);
      }
      await logged(run, 3);
      expect((await log.list(run)).slice(0, 3)).toMatchObject([
        { attempt: 1, redelivery: false, outcome: 'delivered' },
        { attempt: 1, redelivery: true, outcome: 'delivered' },
        { attempt: 1, redelivery: true, outcome: 'delivered' },
      ]);
    });

    it('hears at once what it would have heard later', async () => {
      receiver.answerNext(500, 500);
      startDuty();
      const run = await newRun();
      await end(run);
      await logged(run, 2);
      const [, second] = await log.list(run);
      const dueInMs = Date.parse(second?.next_attempt_at ?? '') - Date.now();
      expect(dueInMs).toBeGreaterThan(15_000);
      const askedAt = performance.now();
      await waitUntil(
        async () => {
          await again(run);
          return receiver.received.length >= 3;
        },
        { timeoutMs: PATIENCE_MS, what: 'the third message has come' },
      );
      expect(performance.now() - askedAt).toBeLessThan(dueInMs);
      await logged(run, 3);
      expect((await log.list(run))[2]).toMatchObject({ attempt: 3, redelivery: false, outcome: 'delivered' });
    });

    it('is tried once', async () => {
      receiver.answerNext(410, 500);
      startDuty();
      const run = await newRun();
      await end(run);
      await logged(run, 1);
      await again(run);
      await arrived(2);
      await logged(run, 2);
      expect((await log.list(run))[1]).toMatchObject({
        attempt: 1,
        redelivery: true,
        outcome: 'given_up',
        status: 500,
        next_attempt_at: null,
      });
    });
  });

  describe('in one attempt', () => {
    async function attempt(url?: string, retryInMs: number | null = 5_000): Promise<unknown> {
      const rules = { offline: false, loopback: [receiver.origin] };
      const http = createReceiverClient(rules);
      const delivery = new WebhookDelivery({
        runs,
        defaults,
        log,
        sealer,
        http,
        rules,
        signal: new AbortController().signal,
        timeoutMs: 300,
      });
      const run = await newRun(url);
      await end(run);
      const outcome = await delivery.attempt({ v: 1, ...run, eventId: 3 }, { ...FIRST_TRY, retryInMs });
      const [entry] = await log.list(run);
      expect(entry?.outcome).toBe(outcome);
      return entry;
    }

    it('gives a receiver that does not answer its time, and no more', async () => {
      receiver.answerNext('never');
      expect(await attempt()).toMatchObject({
        outcome: 'failed',
        status: null,
        error: 'no answer (DEADLINE)',
      });
    });

    it('is over after the last one', async () => {
      receiver.answerNext(503);
      expect(await attempt(undefined, null)).toMatchObject({ outcome: 'given_up', next_attempt_at: null });
    });

    it('stops for good where the receiver is gone (410)', async () => {
      receiver.answerNext(410);
      expect(await attempt()).toMatchObject({ outcome: 'given_up', status: 410 });
    });

    it('follows no redirect', async () => {
      receiver.answerNext({ status: 307, headers: { location: `${receiver.origin}/elsewhere` } });
      expect(await attempt()).toMatchObject({ outcome: 'failed', status: 307 });
      expect(receiver.received).toHaveLength(1);
    });

    it('believes a success whatever it says, and reads no more than it must', async () => {
      receiver.answerNext({ status: 200, body: 'x'.repeat(1_000_000) });
      expect(await attempt()).toMatchObject({ outcome: 'delivered', status: 200 });
    });

    it.each([
      'https://127.0.0.1/hook',
      'https://10.1.2.3/hook',
      'https://[::1]/hook',
      'https://169.254.169.254/latest/meta-data',
      'https://localhost/hook',
      'https://printer.local/hook',
      'http://example.com/hook',
      'https://user:password@example.com/hook',
      'http://127.0.0.1:1/hook',
      'ftp://example.com/hook',
    ])('sends nothing to %s', async (url) => {
      expect(await attempt(url)).toMatchObject({ outcome: 'given_up', status: null });
    });

    it('is refused at the dial whatever the text of the URL looked like', async () => {
      const rules = { offline: false, loopback: [] };
      const answer = await createReceiverClient(rules).send({
        method: 'POST',
        url: new URL(receiver.origin),
        deadlineMs: 2_000,
        maxBytes: 10,
        signal: new AbortController().signal,
      });
      expect(answer).toEqual({ kind: 'failed', sent: false, code: 'REFUSED_ADDRESS' });
      expect(receiver.received).toHaveLength(0);
    });
  });
});
