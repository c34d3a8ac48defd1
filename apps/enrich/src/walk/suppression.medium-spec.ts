import type { SuppressionKind } from '#libs/contracts';
import { companyNameSubject } from '#libs/domain';
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
    await waitUntil(async () => !(await states()).includes('pending'), {
      timeoutMs: 20_000,
      what: 'both have ended',
    });
    return { states: await states(), domain };
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

  it('keeps a mailbox on it from being looked up, and ends the company there', async () => {
    const { states } = await walkTwo('acme', 'email', () => 'ada@acme.example');
    expect(states).toEqual(['suppressed', 'suppressed']);
    expect(cell.desk.asked('finder')).toBe(2);
    expect(cell.desk.asked('verifier')).toBe(0);
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
