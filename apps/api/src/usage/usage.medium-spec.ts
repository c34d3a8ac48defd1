import { dayOf, UsageBook } from '#libs/run-state';
import { untilDayLasts } from '#libs/testing';
import { LeadRun } from '../../test/lead-run';
import { serveApi, type ServedApi } from '../../test/served-api';

const DAY_MS = 86_400_000;
const NOW = Date.now();
const REAL = { simulated: false };

let api: ServedApi;
beforeAll(async () => {
  await untilDayLasts(60_000);
  api = await serveApi();
});
afterAll(() => api.stop());

const count = (run: LeadRun, counters: Record<string, number>): Promise<number> =>
  api.redis.hset(api.keys.run(run.run.tenantId, run.id), counters);

const usage = (tenant: string, query = '') => api.ask(tenant, `/api/usage${query}`);

describe('usage', () => {
  it('is told per day and vendor, of runs that go on as of those that have ended, each call once', async () => {
    const book = new UsageBook(api.redis, api.keys);
    const old = await LeadRun.going(api, { tenant: 'acme', ends: [], plan: REAL });
    await count(old, { 'u:hunter:calls': 2, 'u:hunter:cost': 70, 'u:hunter:found': 1, 'u:hunter:t25': 2 });
    await book.book(old.run, NOW - 3 * DAY_MS);
    await book.book(old.run, NOW - 2 * DAY_MS);
    await count(old, { 'u:hunter:calls': 3, 'u:apollo:cached': 5, 'u:apollo:saved': 500 });
    const other = await LeadRun.going(api, { tenant: 'acme', ends: [], plan: REAL });
    await count(other, { 'u:hunter:calls': 10, 'u:hunter:cost': 350 });
    const foreign = await LeadRun.going(api, { tenant: 'globex', ends: [], plan: REAL });
    await count(foreign, { 'u:hunter:calls': 1_000 });

    const none = { calls: 0, cached: 0, cost_micro_usd: 0, saved_micro_usd: 0 };
    for (let again = 0; again < 2; again += 1) {
      expect(await usage('acme')).toMatchObject({
        status: 200,
        body: {
          from: dayOf(NOW - 29 * DAY_MS),
          to: dayOf(NOW),
          data: [
            {
              ...none,
              simulated: false,
              day: dayOf(NOW - 3 * DAY_MS),
              vendor: 'hunter',
              calls: 2,
              cost_micro_usd: 70,
            },
            { ...none, simulated: false, day: dayOf(NOW), vendor: 'apollo', cached: 5, saved_micro_usd: 500 },
            { ...none, simulated: false, day: dayOf(NOW), vendor: 'hunter', calls: 11, cost_micro_usd: 350 },
          ],
          total: { calls: 13, cached: 5, cost_micro_usd: 420, saved_micro_usd: 500 },
        },
      });
    }
    expect((await usage('acme')).body).toMatchObject({ simulated_total: none });
    const day = dayOf(NOW - 3 * DAY_MS);
    expect((await usage('acme', `?from=${day}&to=${day}`)).body).toMatchObject({ total: { calls: 2 } });
    expect((await usage('nobody')).body).toMatchObject({ data: [], total: none });
  });

  it('never tells simulated money as spent: it has rows and a total of its own', async () => {
    const offline = await LeadRun.going(api, { tenant: 'mixed', ends: [], plan: { simulated: true } });
    await count(offline, { 'u:hunter:calls': 5, 'u:hunter:cost': 900, 'u:hunter:saved': 30 });
    const real = await LeadRun.going(api, { tenant: 'mixed', ends: [], plan: REAL });
    await count(real, { 'u:hunter:calls': 1, 'u:hunter:cost': 8 });
    const row = { day: dayOf(NOW), vendor: 'hunter', cached: 0 };
    expect((await usage('mixed')).body).toMatchObject({
      data: [
        { ...row, simulated: false, calls: 1, cost_micro_usd: 8, saved_micro_usd: 0 },
        { ...row, simulated: true, calls: 5, cost_micro_usd: 900, saved_micro_usd: 30 },
      ],
      total: { calls: 1, cached: 0, cost_micro_usd: 8, saved_micro_usd: 0 },
      simulated_total: { calls: 5, cached: 0, cost_micro_usd: 900, saved_micro_usd: 30 },
    });
  });

  it('is booked once by many at once', async () => {
    const run = await LeadRun.going(api, { tenant: 'busy', ends: [], plan: REAL });
    await count(run, { 'u:hunter:calls': 7 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => usage('busy')));
    for (const { body } of answers) expect(body).toMatchObject({ total: { calls: 7 } });
  });

  it.each([
    ['?from=2026-01-01&to=2026-04-02', 200],
    ['?from=2026-01-01&to=2026-04-03', 400],
    ['?from=2026-02-01&to=2026-01-31', 400],
    ['?from=2026-02-30&to=2026-03-03', 400],
    ['?from=2000-01-01', 400],
    ['?to=2099-12-31', 200],
    ['?from=9999-12-31&to=9999-12-31', 400],
    ['?from=yesterday', 400],
    ['?from=', 400],
    ['?from=2026-01-01&from=2026-01-02', 400],
    ['?tenant_id=globex', 400],
  ])('asked for by %s is answered with %i', async (query, status) => {
    expect((await usage('acme', query)).status).toBe(status);
  });
});
