import type { SuppressionKind } from '#libs/contracts';
import { companyNameSubject } from '#libs/domain';
import type { RunRef } from '#libs/run-state';
import { startTestRedis, waitUntil, type TestRedis } from '#libs/testing';
import { SuppressionNames } from '#libs/vendor-gate';
import { LaneCell } from '../../test/lane-cell';

describe('a tenant’s suppression list, on a real Redis', () => {
  let server: TestRedis;
  let cell: LaneCell;
  let cells = 0;

  beforeAll(async () => {
    server = await startTestRedis();
  });

  beforeEach(async () => {
    cells += 1;
    cell = await LaneCell.start(server.url, `t${cells}`);
  });

  afterEach(() => cell.stop());

  afterAll(() => server.stop());

  /** Walks two companies, the list holding what `suppress` says of the first's domain; answers how each ended. */
  async function walkTwo(
    tenantOfList: string,
    kind: SuppressionKind,
    of: (domain: string) => string,
    names: Pick<SuppressionNames, 'nameOf'> = cell.suppressions,
  ) {
    const run = await cell.addRun(2);
    const [domain = ''] = run.domains;
    const name = names.nameOf(tenantOfList, { kind, value: of(domain) });
    await cell.redis.sadd(cell.keys.suppressed(tenantOfList), name);
    await cell.enrich();
    const states = async (): Promise<string[]> => {
      const found: string[] = [];
      for await (const { state } of cell.companies.all(run)) found.push(state);
      return found;
    };
    await untilEnded(run);
    return { states: await states(), domain, domains: run.domains };
  }

  async function untilEnded(run: RunRef): Promise<void> {
    const pending = async (): Promise<boolean> => {
      for await (const { state } of cell.companies.all(run)) if (state === 'pending') return true;
      return false;
    };
    await waitUntil(async () => !(await pending()), { timeoutMs: 20_000, what: 'all have ended' });
  }

  /** All hashes of the tenant's companies and purchases, as text. */
  async function everythingStored(): Promise<string> {
    const keys = await cell.redis.keys(cell.keys.ofTenant('acme'));
    const hashes = keys.filter((key) => /:(company1|ledger1):/.test(key));
    return JSON.stringify(await Promise.all(hashes.map((key) => cell.redis.hgetall(key))));
  }

  it('keeps everybody from being asked about a company on it, which ends as suppressed', async () => {
    const { states, domain } = await walkTwo('acme', 'domain', (name) => name.toUpperCase());
    expect(states).toEqual(['suppressed', 'done']);
    expect(cell.desk.inputs.filter((input) => JSON.stringify(input).includes(domain))).toEqual([]);
    expect(cell.desk.asked('web')).toBe(1);
  });

  it('keeps everybody from being asked about a company whose name is on it', async () => {
    const { states, domain } = await walkTwo('acme', 'company', companyNameSubject);
    expect(states).toEqual(['suppressed', 'done']);
    expect(cell.desk.inputs.filter((input) => JSON.stringify(input).includes(domain))).toEqual([]);
  });

  it.each([
    ['email', 'ada@acme.example'],
    ['domain', 'acme.example'],
  ] as const)(
    'takes a person on it, by %s, out of a vendor’s answer before it is stored anywhere',
    async (kind, who) => {
      const { states } = await walkTwo('acme', kind, () => who);
      expect(states).toEqual(['done', 'done']);
      expect(cell.desk.asked('finder')).toBe(2);
      expect(cell.desk.asked('verifier')).toBe(0);
      expect(await everythingStored()).not.toMatch(/ada@|byron/i);
    },
  );

  it('leaves the others of an answer as they are', async () => {
    const [ada, bob] = ['ada', 'bob'].map((name) => ({
      first_name: name,
      last_name: null,
      title: 'CEO',
      email: `${name}@acme.example`,
      confidence: 90,
    }));
    const both = { kind: 'ok', units: 1, value: { contacts: [ada, bob] } } as const;
    cell.desk.scripts.set('finder', () => both);
    const { states } = await walkTwo('acme', 'email', () => 'ada@acme.example');
    expect(states).toEqual(['done', 'done']);
    const stored = await everythingStored();
    expect(stored).not.toContain('ada@');
    expect(stored).toContain('bob@acme.example');
  });

  it('keeps out what the ledger knew before somebody was suppressed', async () => {
    const { domains } = await walkTwo('acme', 'domain', () => 'nobody.example');
    expect(cell.desk.asked('finder')).toBe(2);
    const name = cell.suppressions.nameOf('acme', { kind: 'email', value: 'ada@acme.example' });
    await cell.redis.sadd(cell.keys.suppressed('acme'), name);
    const run = await cell.addRun(2, domains);
    await untilEnded(run);
    expect(cell.desk.asked('finder')).toBe(2);
    for await (const { steps } of cell.companies.all(run)) expect(JSON.stringify(steps)).not.toMatch(/ada@/);
  });

  it('counts also for what was put on it before the deployment had a key', async () => {
    const { states } = await walkTwo('acme', 'domain', (name) => name, new SuppressionNames());
    expect(states).toEqual(['suppressed', 'done']);
  });

  it('is the tenant’s own', async () => {
    const { states } = await walkTwo('globex', 'domain', (name) => name);
    expect(states).toEqual(['done', 'done']);
  });
});
