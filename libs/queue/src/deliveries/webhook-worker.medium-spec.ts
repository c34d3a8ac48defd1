import { Queue } from 'bullmq';
import { WEBHOOK_QUEUE, type WebhookPayload } from '#libs/contracts';
import { useTestRedis, waitUntil } from '#libs/testing';
import { WebhookQueue } from './webhook-queue';
import { WebhookWorker } from './webhook-worker';

const ENDING = { tenantId: 'acme', runId: 'run_01J8ZC4N5Q6R7S8T9VWXYZ0123', eventId: 12 };

describe('the worker of webhooks, on a real Redis', () => {
  const cell = useTestRedis();
  let queue: Queue;
  let worker: WebhookWorker;
  let delivered: WebhookPayload[];
  let errors: Error[];

  beforeEach(() => {
    delivered = [];
    errors = [];
    queue = new Queue(WEBHOOK_QUEUE.queue, { connection: cell.redis, prefix: cell.keys.bullPrefix() });
    worker = new WebhookWorker({
      redisUrl: cell.url,
      keys: cell.keys,
      concurrency: 4,
      deliver: (payload) => {
        delivered.push(payload);
        return Promise.resolve('delivered');
      },
      onError: (error) => errors.push(error),
    });
  });

  afterEach(async () => {
    await worker.close();
    await queue.close();
  });

  const add = (jobId: string, data: object): Promise<unknown> =>
    queue.add(WEBHOOK_QUEUE.queue, { v: 1, ...ENDING, ...data }, { jobId, attempts: 3 });
  const stateIs = (jobId: string, state: string): Promise<void> =>
    waitUntil(async () => (await queue.getJobState(jobId)) === state, {
      timeoutMs: 30_000,
      what: `${jobId} is ${state}`,
    });

  it('delivers what the queue was given', async () => {
    const webhooks = new WebhookQueue(cell.redis, cell.keys);
    await webhooks.add(ENDING);
    await webhooks.add(ENDING);
    await waitUntil(() => delivered.length > 0, { timeoutMs: 30_000, what: 'it is delivered' });
    expect(delivered).toEqual([{ v: 1, ...ENDING }]);
    await webhooks.close();
  });

  it('keeps a payload of a newer release for a worker that can read it, counting no attempt', async () => {
    await add('newer', { v: WEBHOOK_QUEUE.version + 1, surprise: true });
    await stateIs('newer', 'delayed');
    const job = await queue.getJob('newer');
    expect(job?.attemptsMade).toBe(0);
    expect(job?.delay).toBeGreaterThan(50_000);
    expect(errors).toMatchObject([{ code: 'payload_version_unknown' }]);
    expect(delivered).toEqual([]);
  });

  it('gives up at once what no release has written', async () => {
    await add('rubbish', { tenantId: '../etc' });
    await stateIs('rubbish', 'failed');
    expect((await queue.getJob('rubbish'))?.failedReason).toMatch(/^payload_malformed: webhook payload/);
    expect(errors).toMatchObject([{ code: 'payload_malformed' }]);
    expect(delivered).toEqual([]);
  });
});
