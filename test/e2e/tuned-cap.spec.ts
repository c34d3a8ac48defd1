import { hashOpsPassword, opsUserEntry } from '#libs/access';
import {
  hasEnded,
  onlyVendors,
  postRun,
  simulatorBooks,
  startTestCell,
  untilRun,
  waitUntil,
  websitesOf,
  type SpawnedApp,
  type TestCell,
} from '#libs/testing';

const VENDOR = 'tavily';
const WINDOW = { name: 'second', limit: 10, length_ms: 1_000 };
const LOWERED = 2;
/** At the lowered limit they would take a minute. */
const COMPANIES = 120;
/** Workers look every second; the rest is for a busy machine, and for calls that were granted before. */
const FELT_MS = 4_000;
const WATCHED_MS = 4_000;

describe('a cap that an operator changes under a run', () => {
  let cell: TestCell;
  let admin: SpawnedApp;

  beforeAll(async () => {
    cell = await startTestCell({
      api: true,
      tenants: { default: { waterfalls: onlyVendors({ find_signals: [VENDOR] }) } },
      vendors: { [VENDOR]: { windows: [WINDOW], only_these_windows: true } },
      env: { LEADGEN_LOG_LEVEL: 'warn' },
    });
    await cell.control('POST', 'caps', {
      vendor: VENDOR,
      windows: [{ limit: 1_000, lengthMs: 1_000 }],
    });
    const passwordHash = await hashOpsPassword('a long password');
    admin = await cell.start('api', {
      LEADGEN_API_PORT: '0',
      LEADGEN_ADMIN_PORT: '0',
      LEADGEN_OPS_USERS: opsUserEntry({ name: 'otto', role: 'operator', passwordHash }),
    });
  });

  afterAll(() => cell.stop());

  async function setLimit(limit: number): Promise<void> {
    const path = `/ops/vendors/sim-${VENDOR}/windows/${WINDOW.name}/limit`;
    const response = await fetch(`${String(admin.ready.adminUrl)}${path}`, {
      method: 'PUT',
      headers: {
        authorization: `Basic ${Buffer.from('otto:a long password').toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ limit }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { windows: [{ name: WINDOW.name, set: limit }] },
    ]);
  }

  it('is kept at its new limit by running workers within seconds, lowered and raised', async () => {
    const websites = websitesOf('tuned', COMPANIES);
    const run = await postRun(cell, { tenant: 'acme', websites });
    const arrivals = (): Promise<number[]> => simulatorBooks.arrivals(cell, VENDOR);
    await waitUntil(async () => (await arrivals()).length >= WINDOW.limit, {
      timeoutMs: 90_000,
      what: 'the first second is used up',
    });
    await setLimit(LOWERED);
    const felt = Date.now() + FELT_MS;
    await waitUntil(() => Date.now() > felt + WATCHED_MS, {
      timeoutMs: FELT_MS + WATCHED_MS + 5_000,
      what: 'it was watched for some seconds',
    });
    const slow = (await arrivals()).filter((at) => at > felt);
    expect(slow.length).toBeGreaterThan(0);
    expect(busiest(slow, WINDOW.length_ms)).toBeLessThanOrEqual(LOWERED);

    const left = COMPANIES - (await arrivals()).length;
    await setLimit(1_000);
    const raised = Date.now();
    const view = await untilRun(cell, run, hasEnded);
    expect(view).toMatchObject({ state: 'completed', counters: { candidates: COMPANIES, done: COMPANIES } });
    expect(Date.now() - raised).toBeLessThan((left / LOWERED / 2) * 1_000);
    expect((await simulatorBooks.all(cell)).duplicates).toBe(0);
  });
});

/** The most of these moments in any stretch of that length. */
function busiest(moments: readonly number[], lengthMs: number): number {
  return Math.max(
    0,
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + lengthMs).length),
  );
}
