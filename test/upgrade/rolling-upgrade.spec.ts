import { setTimeout as delay } from 'node:timers/promises';
import {
  hasEnded,
  onlyVendors,
  runFiles,
  runFolder,
  simulatorBooks,
  spawnApp,
  startTestCell,
  waitUntil,
  websitesOf,
  type RunView,
  type SpawnedApp,
  type StageApp,
  type TestCell,
} from '#libs/testing';
import { ReadyBalancer } from '../e2e/ready-balancer';
import { buildFormerRelease, type FormerRelease } from './former-release';

/** Two of each, that one can go while the other serves; export's work is short enough for one. */
const PROCESSES: Readonly<Record<StageApp, number>> = { normalize: 2, enrich: 2, export: 1 };
const APIS = 2;
const TENANTS = ['acme', 'globex'];
const COMPANIES = 6;
const POST_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 300;
/** Runs that have to end while a stage has both versions, before the next one follows. */
const ENDED_BETWEEN = 3;
/** So small that some companies of every run wait in the lane: put there by one version, taken from it by the other. */
const WINDOW = { name: 'minute', kind: 'fixed', limit: 30, length_ms: 4_000 };
const PATIENCE_MS = 180_000;

interface Posted {
  tenant: string;
  websites: string[];
  runId: string;
}

describe('a rolling upgrade from the former release to this one, under load', () => {
  let former: FormerRelease;
  let cell: TestCell;
  let balancer: ReadyBalancer;
  const spawned: SpawnedApp[] = [];
  const posted: Posted[] = [];
  const refused: string[] = [];
  const ends = new Map<string, RunView>();
  let loading = true;

  beforeAll(async () => {
    former = buildFormerRelease();
    cell = await startTestCell({
      workers: { normalize: 0, enrich: 0, export: 0 },
      env: { LEADGEN_API_PORT: '0', LEADGEN_API_LINGER_MS: '1000', LEADGEN_LOG_LEVEL: 'warn' },
      vendors: { hunter: { only_these_windows: true, windows: [WINDOW] } },
      tenants: Object.fromEntries(
        TENANTS.map((tenant) => [
          tenant,
          { waterfalls: onlyVendors({ crawl_website: ['web'], find_contacts: ['hunter'] }) },
        ]),
      ),
    });
    await cell.control('POST', 'latency', { vendor: 'hunter', ms: 100, jitterMs: 300 });
    balancer = await ReadyBalancer.start();
  }, 600_000);

  afterAll(async () => {
    loading = false;
    await Promise.all(spawned.map((app) => app.stop()));
    balancer.close();
    await cell.stop();
  });

  async function start(app: string, root?: string): Promise<SpawnedApp> {
    const process = await spawnApp(app, cell.env, root);
    spawned.push(process);
    if (app === 'api') {
      const url = String(process.ready.url);
      balancer.add(url);
      await waitUntil(() => balancer.isServing(url), { timeoutMs: PATIENCE_MS, what: 'the new API serves' });
    }
    return process;
  }

  const startAll = (app: string, count: number, root: string): Promise<SpawnedApp[]> =>
    Promise.all(Array.from({ length: count }, () => start(app, root)));

  async function ask(tenant: string, path: string, body?: unknown, key?: string): Promise<Response> {
    return fetch(`${balancer.url}/api/orchestrations${path}`, {
      headers: {
        ...(await cell.authorization(tenant)),
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
  }

  /** Posts a run twice under one key, as a client does that lost the first answer: whichever versions serve, it is one run. */
  async function post(number: number): Promise<Posted> {
    const tenant = TENANTS[number % TENANTS.length] as string;
    const websites = websitesOf(`n${number}`, COMPANIES);
    const wanted = {
      input: 'run full pipeline',
      icp_payload: {},
      limit: COMPANIES,
      companies: websites.map((website) => ({ name: `Company at ${website}`, website })),
    };
    const runIds = new Set<string>();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const response = await ask(tenant, '', wanted, `key-${number}`);
      if (response.status !== 202) refused.push(`${response.status} ${await response.text()}`);
      else runIds.add(((await response.json()) as RunView).run_id);
    }
    expect([...runIds]).toHaveLength(1);
    return { tenant, websites, runId: [...runIds][0] as string };
  }

  async function load(): Promise<void> {
    for (let number = 1; loading; number += 1) {
      posted.push(await post(number));
      await delay(POST_EVERY_MS);
    }
  }

  async function view({ tenant, runId }: Posted): Promise<RunView> {
    return (await (await ask(tenant, `/${runId}`)).json()) as RunView;
  }

  /** Looks after those that have not ended yet; answers how many have. */
  async function endedCount(): Promise<number> {
    for (const run of posted.filter(({ runId }) => !ends.has(runId))) {
      const seen = await view(run);
      if (hasEnded(seen)) ends.set(run.runId, seen);
    }
    return ends.size;
  }

  async function untilMoreEnd(during: string): Promise<void> {
    const goal = ends.size + ENDED_BETWEEN;
    await waitUntil(async () => (await endedCount()) >= goal, {
      timeoutMs: PATIENCE_MS,
      everyMs: LOOK_EVERY_MS,
      what: `${ENDED_BETWEEN} more runs end, ${during}`,
    });
  }

  /** One process after another: the new one serves before the old one is asked to go. */
  async function replace(app: string, old: readonly SpawnedApp[]): Promise<void> {
    for (const process of old) {
      await start(app);
      await untilMoreEnd(`with a new ${app}`);
      expect(`${app}: ${await process.stop()}`).toBe(`${app}: 0`);
      if (app === 'api') balancer.remove(String(process.ready.url));
    }
  }

  it('loses no run and no company, buys nothing twice, and answers every request', async () => {
    const stages = Object.entries(PROCESSES) as [StageApp, number][];
    const old = new Map<string, SpawnedApp[]>();
    for (const [stage, count] of stages) old.set(stage, await startAll(stage, count, former.root));
    old.set('api', await startAll('api', APIS, former.root));

    const held = await post(0);
    expect((await ask(held.tenant, `/${held.runId}/pause`, {})).status).toBe(200);
    const loadIsOver = load();
    await untilMoreEnd('before the upgrade');
    // The workers before the API, normalize first: what a new API hands over, only a new normalize takes at once.
    for (const app of ['normalize', 'enrich', 'export', 'api']) await replace(app, old.get(app) ?? []);
    expect((await ask(held.tenant, `/${held.runId}/resume`, {})).status).toBe(200);
    loading = false;
    await loadIsOver;

    posted.push(held);
    await waitUntil(async () => (await endedCount()) === posted.length, {
      timeoutMs: PATIENCE_MS,
      everyMs: LOOK_EVERY_MS,
      what: `all of ${posted.length} runs end`,
    });
    expect(refused).toEqual([]);
    expect(balancer.broken).toEqual([]);
    for (const { runId, websites } of posted) {
      const ended = ends.get(runId) as RunView;
      const leads = await runFiles.csv(runFolder(cell, ended));
      expect({ state: ended.state, websites: leads.map(({ domain }) => domain).sort() }).toEqual({
        state: 'completed',
        websites: [...websites].sort(),
      });
    }
    const books = await simulatorBooks.all(cell);
    const over = Object.values(books.vendors).reduce((sum, vendor) => sum + vendor.over, 0);
    process.stdout.write(
      `${JSON.stringify({
        upgrade: former.commit.slice(0, 12),
        runs: posted.length,
        companies: posted.length * COMPANIES,
        duplicates: books.duplicates,
        over,
      })}\n`,
    );
    expect({ duplicates: books.duplicates, over }).toEqual({ duplicates: 0, over: 0 });
    expect(posted.length).toBeGreaterThan(ENDED_BETWEEN * (stages.length + 1));
  });
});
