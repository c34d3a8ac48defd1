import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEDULE_QUEUE, STAGES, WEBHOOK_QUEUE, type StageName } from '#libs/contracts';
import { parsePayload, parseSchedulePayload, parseWebhookPayload } from './job-payload';

/** One file per queue and version that was ever shipped, `<queue>-<version>.json`: none is changed or removed. */
const GOLDEN = join(__dirname, '../../contracts/src/queues/golden');

type QueueName = StageName | 'webhook' | 'schedule';

const QUEUES = { ...STAGES, webhook: WEBHOOK_QUEUE, schedule: SCHEDULE_QUEUE };
const queues = Object.keys(QUEUES) as QueueName[];
const parse = (queue: QueueName, payload: unknown): unknown => {
  if (queue === 'schedule') return parseSchedulePayload(payload);
  return queue === 'webhook' ? parseWebhookPayload(payload) : parsePayload(queue, payload);
};
const files = readdirSync(GOLDEN);
const golden = files.map((file) => {
  const [, queue, version] = /^([a-z]+)-(\d+)\.json$/.exec(file) ?? [];
  const payload = JSON.parse(readFileSync(join(GOLDEN, file), 'utf8')) as Record<string, unknown>;
  return { file, queue: queue as QueueName, version: Number(version), payload };
});
const current = (queue: QueueName): Record<string, unknown> =>
  golden.find((one) => one.queue === queue && one.version === QUEUES[queue].version)?.payload ?? {};

describe('a job that an earlier release has written', () => {
  it.each(golden)('still parses: $file', ({ queue, version, payload }) => {
    expect(payload.v).toBe(version);
    expect(parse(queue, payload)).toMatchObject({ tenantId: 'acme' });
  });

  it.each(queues)('has a golden file for every version of %s', (queue) => {
    const versions = golden.filter((one) => one.queue === queue).map(({ version }) => version);
    const shipped = Array.from({ length: QUEUES[queue].version }, (_, i) => i + 1);
    expect(versions.sort((a, b) => a - b)).toEqual(shipped);
  });
});

describe.each(queues)('a payload of %s', (queue) => {
  const refusal = (payload: unknown): unknown => {
    try {
      return parse(queue, payload);
    } catch (error) {
      return error;
    }
  };

  it('of a later version waits for a worker that reads it', () => {
    const later = { ...current(queue), v: QUEUES[queue].version + 1, whatever: 'it has then' };
    expect(refusal(later)).toMatchObject({ code: 'payload_version_unknown', retry: { afterMs: 60_000 } });
  });

  it('with a member it does not know is refused, and never tried again', () => {
    expect(refusal({ ...current(queue), extra: 1 })).toMatchObject({
      code: 'payload_malformed',
      retry: 'never',
    });
  });

  it.each(Object.keys(current(queue)))('without %s is refused', (member) => {
    const { [member]: _, ...rest } = current(queue);
    expect(refusal(rest)).toMatchObject({ code: 'payload_malformed' });
  });

  it.each([
    null,
    'text',
    [],
    {},
    { v: 0 },
    { v: '1' },
    { v: 1.5 },
    { v: 1, tenantId: '../other', runId: 'run_01J8ZC4N5Q6R7S8T9VWXYZ0123' },
    { v: 1, tenantId: 'acme', runId: 'run:1' },
  ])('is not %j', (payload) => {
    expect(refusal(payload)).toMatchObject({ code: 'payload_malformed' });
  });
});
