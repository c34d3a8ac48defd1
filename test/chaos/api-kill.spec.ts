import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TERMINAL_RUN_STATES, type RunState } from '#libs/contracts';
import { startTestCell, waitUntil, type SpawnedApp, type TestCell } from '#libs/testing';

/** Where the API dies while it takes a run in, and whether the run's record is there by then. */
const PLACES = [
  ['api.key_claimed', false],
  ['api.dataset_stored', false],
  ['api.before_record', false],
  ['api.after_record', true],
  ['api.before_answer', true],
] as const;
/** Those after which the client does not know of its run. */
const UNANSWERED = ['api.after_record', 'api.before_answer'] as const;
const COMPANIES = 5;
/** A run without a flow is found by then. */
const ORPHAN_MS_MAX = 30_000;
/** Patience on a busy machine. */
const ENDS_MS = 90_000;
const KEY = 'tick 2026-11-23T00:00Z';

interface Run {
  run_id: string;
  state: RunState;
}

describe('the API, killed by SIGKILL while it takes a run in', () => {
  let cell: TestCell;

  beforeAll(async () => {
    cell = await startTestCell({ api: true });
  });
  afterAll(() => cell.stop());

  async function ask(api: SpawnedApp, tenant: string, path = '', init: RequestInit = {}): Promise<Response> {
    const headers = {
      ...(await cell.authorization(tenant)),
      'content-type': 'application/json',
      'idempotency-key': KEY,
    };
    return fetch(`${String(api.ready.url)}/api/orchestrations${path}`, { ...init, headers });
  }

  const post = (api: SpawnedApp, tenant: string): Promise<Response> =>
    ask(api, tenant, '', {
      method: 'POST',
      body: JSON.stringify({
        input: 'run full pipeline',
        icp_payload: {},
        // Without websites there is nothing to ask a vendor about.
        companies: Array.from({ length: COMPANIES }, (_, i) => ({
          name: `${tenant} ${i + 1}`,
          country: 'US',
        })),
      }),
    });

  /** The API of the cell, which lives: what a client finds that comes again. */
  const living = (): SpawnedApp => {
    if (!cell.api) throw new Error('the cell has no API');
    return cell.api;
  };

  async function runsOf(tenant: string): Promise<Run[]> {
    return ((await (await ask(living(), tenant)).json()) as { data: Run[] }).data;
  }

  /** Posts to an API that dies over it. */
  async function postToVictim(tenant: string, place: string): Promise<void> {
    const victim = await cell.start('api', {
      LEADGEN_API_PORT: '0',
      LEADGEN_FAILPOINT: `${place}:kill`,
    });
    await expect(post(victim, tenant)).rejects.toThrow('fetch failed');
    expect(await victim.exited).toBe('SIGKILL');
  }

  /** As a client does that got no answer: again, with the same key, until there is one. */
  async function postAgain(tenant: string): Promise<string> {
    let runId = '';
    await waitUntil(
      async () => {
        const response = await post(living(), tenant);
        const body = (await response.json()) as { run_id: string; code?: string };
        if (response.status === 202) runId = body.run_id;
        else expect([tenant, response.status, body.code]).toEqual([tenant, 409, 'idempotency_in_flight']);
        return runId !== '';
      },
      { timeoutMs: ORPHAN_MS_MAX, what: `${tenant} has its answer` },
    );
    return runId;
  }

  async function untilEnded(tenant: string): Promise<Run[]> {
    let runs: Run[] = [];
    await waitUntil(
      async () => {
        runs = await runsOf(tenant);
        return runs.length > 0 && runs.every(({ state }) => TERMINAL_RUN_STATES.includes(state));
      },
      { timeoutMs: ENDS_MS, what: `the run of ${tenant} has ended` },
    );
    return runs;
  }

  /** Files of companies that the API has stored for the tenant, and what is left of files it did not finish. */
  async function datasetsOf(tenant: string): Promise<string[]> {
    const files = await readdir(join(cell.dataDir, 'objects', 'datasets', tenant));
    return files.sort();
  }

  it('gives a client that comes again with the same key one run, the one that was begun, and the run completes', async () => {
    await Promise.all(
      PLACES.map(async ([place, recorded]) => {
        const tenant = place.replace(/\W/g, '-').replaceAll('_', '-');
        await postToVictim(tenant, place);
        const begun = (await runsOf(tenant)).map(({ run_id: id }) => id);
        expect([place, begun.length]).toEqual([place, recorded ? 1 : 0]);
        const runId = await postAgain(tenant);
        expect([place, await postAgain(tenant)]).toEqual([place, runId]);
        if (recorded) expect([place, begun]).toEqual([place, [runId]]);
        expect([place, await untilEnded(tenant)]).toMatchObject([
          place,
          [{ run_id: runId, state: 'completed', counters: { done: COMPANIES } }],
        ]);
        expect([place, await datasetsOf(tenant)]).toEqual([
          place,
          [expect.stringMatching(/^[0-9a-f]{64}\.jsonl$/)],
        ]);
      }),
    );
  });

  it('leaves no orphan when the client never comes again: the run is found, and completes', async () => {
    await Promise.all(
      UNANSWERED.map(async (place) => {
        const tenant = `left-${place.replace(/\W/g, '-').replaceAll('_', '-')}`;
        await postToVictim(tenant, place);
        const died = performance.now();
        const [begun] = await runsOf(tenant);
        await waitUntil(async () => (await runsOf(tenant)).every(({ state }) => state !== 'queued'), {
          timeoutMs: ORPHAN_MS_MAX,
          what: `the run of ${tenant} is worked on`,
        });
        print({ place, worked_on_after_ms: Math.round(performance.now() - died) });
        expect(await untilEnded(tenant)).toMatchObject([{ run_id: begun?.run_id, state: 'completed' }]);
        expect(await postAgain(tenant)).toBe(begun?.run_id);
      }),
    );
  });

  it('leaves no orphan when a worker dies between taking runs over and adding their flows', async () => {
    const victim = await cell.start('normalize', { LEADGEN_FAILPOINT: 'handover.taken:kill' });
    let dead = false;
    void victim.exited.then(() => (dead = true));
    const tenants: string[] = [];
    await waitUntil(
      async () => {
        const tenant = `taken-${tenants.length}`;
        expect((await post(living(), tenant)).status).toBe(202);
        tenants.push(tenant);
        return dead;
      },
      { timeoutMs: ENDS_MS, what: 'the worker has taken a run over, and died' },
    );
    expect(await victim.exited).toBe('SIGKILL');
    const ended = await Promise.all(tenants.map((tenant) => untilEnded(tenant)));
    for (const runs of ended) expect(runs).toMatchObject([{ state: 'completed' }]);
  });
});

function print(figures: object): void {
  process.stdout.write(`${JSON.stringify({ chaos: 'api_kill', ...figures })}\n`);
}
