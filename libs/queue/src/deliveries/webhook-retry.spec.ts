import fc from 'fast-check';
import { WEBHOOK_QUEUE } from '#libs/contracts';
import { webhookRetryMs } from './webhook-retry';

const HOUR_MS = 3_600_000;

describe('the waits between a webhook’s attempts', () => {
  it('grow, spread by a fifth, the same whenever they are asked for, and last about a day', () => {
    fc.assert(
      fc.property(fc.uuid(), (jobId) => {
        const waits = WEBHOOK_QUEUE.delaysMs.map((_, i) => webhookRetryMs(jobId, i + 1) ?? 0);
        expect(waits).toEqual(WEBHOOK_QUEUE.delaysMs.map((_, i) => webhookRetryMs(jobId, i + 1)));
        for (const [i, wait] of waits.entries()) {
          const planned = WEBHOOK_QUEUE.delaysMs[i] ?? 0;
          expect(wait).toBeGreaterThanOrEqual(planned * 0.8 - 1);
          expect(wait).toBeLessThanOrEqual(planned * 1.2 + 1);
        }
        const total = waits.reduce((sum, wait) => sum + wait, 0);
        expect(total).toBeGreaterThan(18 * HOUR_MS);
        expect(total).toBeLessThan(30 * HOUR_MS);
      }),
    );
  });

  it('differ between jobs, and end', () => {
    const first = new Set(Array.from({ length: 50 }, (_, i) => webhookRetryMs(`job-${i}`, 1)));
    expect(first.size).toBeGreaterThan(25);
    expect(webhookRetryMs('job', WEBHOOK_QUEUE.delaysMs.length + 1)).toBeNull();
  });
});
