import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RunOutput, RunState } from '#libs/contracts';
import { RunRepository } from '#libs/run-state';
import { ContractFuzzer, type FuzzResult } from '../../test/contract-fuzz/contract-fuzzer';
import { plannedRequests } from '../../test/contract-fuzz/request-arbitrary';
import { serveApi, type ServedApi } from '../../test/served-api';
import { describeApi } from './describe-api';
import { operationsOf } from './operation-defaults';

const REQUESTS = process.env.LEADGEN_FULL === '1' ? 10_000 : 2_000;
/** For each operation that did not succeed with those. */
const MORE_EACH = 300;
const TENANT = 'fuzzer';
/** Limits that are not what is tried here. */
const UNLIMITED = {
  LEADGEN_API_RATE_PER_MINUTE: '1000000',
  LEADGEN_API_RUNS_PER_MINUTE: '1000000',
  LEADGEN_API_ACTIVE_RUNS_PER_TENANT: '1000000',
};
/** Operations that succeed only where workers have done something before; all others must have succeeded. */
const NEEDS_WORKERS = new Set(['resolveDoubt', 'retryOrchestration']);

describe('the API, asked whatever its description allows and much that it does not', () => {
  let api: ServedApi;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-fuzz-'));
    const sealingKey = join(folder, 'sealing-key');
    await writeFile(sealingKey, randomBytes(32).toString('base64'), { mode: 0o600 });
    api = await serveApi({ ...UNLIMITED, LEADGEN_SEALING_KEY_FILE: sealingKey });
    await seedRuns();
  });
  afterAll(async () => {
    await api.stop();
    await rm(folder, { recursive: true });
  });

  /** A run in every state that needs no worker to be shown. */
  async function seedRuns(): Promise<void> {
    const runs = new RunRepository(api.redis, api.keys);
    for (const [i, states] of STORIES.entries()) {
      const run = await runs.create(
        {
          tenant_id: TENANT,
          thread_id: `story-${i}`,
          input: 'run full pipeline',
          mode: 'full',
          limit: 9,
          export: ['csv'],
        },
        // Of one with a webhook of its own its end can be told again, whatever becomes of the tenant's.
        { source: 'cron', webhookSecret: 'sealed' },
      );
      for (const state of states) {
        await runs.transition(run, state, {
          event: 'progress',
          message: `now ${state}`,
          fields: {
            ...(state === 'completed' && { output: JSON.stringify(OUTPUT) }),
            ...(state === 'failed' && { problem: JSON.stringify({ code: 'internal', message: 'no' }) }),
            ...(state === 'paused' && { pause_reason: 'person' }),
          },
        });
      }
    }
  }

  it(`answers ${REQUESTS} requests as described, none with 5xx`, async () => {
    const seed = Date.now() % 2 ** 31;
    process.stdout.write(`contract fuzz: seed ${seed}\n`);
    const document = await describeApi();
    const fuzzer = new ContractFuzzer(
      { url: api.url, authorization: await api.authorization(TENANT) },
      document,
    );
    const first = await fuzzer.run(fc.sample(plannedRequests(document), { seed, numRuns: REQUESTS }));
    expect({ seed, breaches: first.breaches.slice(0, 5) }).toEqual({ seed, breaches: [] });

    const ids = operationsOf(document).map(({ operationId = '' }) => operationId);
    const unlucky = unseen(ids, first);
    if (unlucky.length === 0) return;
    const more = plannedRequests(document, unlucky);
    const second = await fuzzer.run(fc.sample(more, { seed, numRuns: MORE_EACH * unlucky.length }));
    expect({ seed, breaches: second.breaches.slice(0, 5) }).toEqual({ seed, breaches: [] });
    expect({ seed, unseen: unseen(unlucky, second) }).toEqual({ seed, unseen: [] });
  }, 600_000);
});

/** Operations that never succeeded, and should have. */
function unseen(operationIds: readonly string[], { statuses }: FuzzResult): string[] {
  return operationIds.filter(
    (id) =>
      !NEEDS_WORKERS.has(id) && !Object.keys(statuses[id] ?? {}).some((status) => status.startsWith('2')),
  );
}

const STORIES: readonly RunState[][] = [
  [],
  ['running'],
  ['running', 'paused'],
  ['running', 'completed'],
  ['running', 'failed'],
  ['running', 'needs_input'],
  ['cancelled'],
];

const OUTPUT: RunOutput = {
  message: '1 lead',
  input: { rows: 2, kept: 1, merged: 1, rejected: 0 },
  matched: 1,
  excluded: 0,
  candidates: 1,
  leads: 1,
  buckets: { A: 1, B: 0, C: 0 },
  failed: [{ company_id: 'c_1', name: 'Acme', reason: 'no' }],
  failed_total: 1,
  suppressed: [],
  suppressed_total: 0,
  delivered_before: 0,
  cost_micro_usd: 1_000,
  usage: [
    {
      vendor: 'web',
      calls: 1,
      cached: 0,
      cost_micro: 1_000,
      found: 1,
      empty: 0,
      failed: 0,
      saved_micro: 0,
      p95_ms: null,
      simulated: false,
    },
  ],
  saved_micro_usd: 0,
  simulated_cost_micro_usd: 0,
  simulated_saved_micro_usd: 0,
  providers: [],
  estimate: null,
  verdicts: [{ stage: 'plan', duration_ms: 3, budget_ms: 10_000, within: true }],
  warnings: [],
  nearest_misses: [{ name: 'Globex', pre_score: 0.5, missed: ['country'] }],
  files: { csv: 'runs/fuzzer/run_1/leads.csv' },
  simulated: true,
};
