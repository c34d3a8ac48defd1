import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  companySchema,
  datasetMappingSchema,
  leadSchema,
  rejectSchema,
  RUN_EVENT_TYPES,
} from '#libs/contracts';
import {
  runFiles,
  runLeadgen,
  startLeadgen,
  testRedisPath,
  waitUntil,
  type LeadgenResult,
} from '#libs/testing';

const SAMPLES = join(__dirname, '../../samples/companies.csv');
const MAIN_JOB = [
  'run',
  '--tenant-id',
  'acme',
  '--input',
  'run full pipeline',
  '--icp-payload',
  '{"industries":["software"]}',
  '--companies',
  SAMPLES,
  '--limit',
  '25',
];

/** Redis is installed and none runs; the demo's test is of a machine that has to fetch it. */
const withoutRedis = async (dataDir: string): Promise<Record<string, string>> => ({
  PATH: await testRedisPath(),
  ORCHESTRATOR_OFFLINE: '1',
  LEADGEN_DATA_DIR: dataDir,
});

describe('the main job without REDIS_URL', () => {
  let dataDir: string;
  let result: LeadgenResult;
  let runDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'leadgen main job '));
    result = await runLeadgen(MAIN_JOB, await withoutRedis(dataDir));
    runDir = String(result.last().run_dir);
  });

  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('exits by how the run ended and says so in the last line', () => {
    const last = result.last();
    expect(last).toMatchObject({
      event: 'result',
      tenant_id: 'acme',
      candidates: 25,
      leads: 25,
      simulated: true,
    });
    expect([
      [0, 'completed'],
      [6, 'partial'],
    ]).toContainEqual([result.exitCode, last.state]);
    expect(last.exit_code).toBe(result.exitCode);
  });

  it('counts every row of the input', () => {
    const input = result.last().input as Record<'rows' | 'kept' | 'merged' | 'rejected', number>;
    expect(input.rows).toBe(240);
    expect(input.kept + input.merged + input.rejected).toBe(240);
  });

  it('prints only JSON on stdout: each stage in order, ids without gaps', () => {
    const events = result.lines().filter(({ event }) => event === 'status');
    expect(events.map(({ id }) => id)).toEqual(events.map((_event, i) => i + 1));
    for (const { type } of events) expect(RUN_EVENT_TYPES).toContain(type);
    const phases = [...new Set(events.map(({ status }) => (status as { phase: string }).phase))];
    expect(phases).toEqual(['plan', 'normalize', 'shortlist', 'enrich', 'score', 'export', 'summary']);
  });

  it('leaves the files it names, and no half-written one', async () => {
    const files = Object.values(result.last().files as Record<string, string>);
    expect(files.map((file) => file.split('/').at(-1)).sort()).toEqual([
      'leads.csv',
      'leads.jsonl',
      'mapping.json',
      'normalized.jsonl',
      'rejects.jsonl',
      'shortlist.jsonl',
      'summary.json',
    ]);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const everything = await readdir(runDir);
    expect(everything.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('writes files of the documented shapes', async () => {
    const mapping = datasetMappingSchema.parse(await runFiles.json(runDir, 'mapping.json'));
    expect(mapping.columns.Company?.field).toBe('name');
    expect(mapping.columns.Homepage?.field).toBe('domain');
    const companies = (await runFiles.jsonl(runDir, 'normalized.jsonl')).map((line) =>
      companySchema.parse(line),
    );
    const rejects = (await runFiles.jsonl(runDir, 'rejects.jsonl')).map((line) => rejectSchema.parse(line));
    const rows = [
      ...companies.flatMap(({ source_rows: source }) => source),
      ...rejects.map(({ row }) => row),
    ];
    expect(rows.sort((a, b) => a - b)).toEqual(Array.from({ length: 240 }, (_, i) => i + 1));
  });

  it('ranks leads by score, the CSV in the same order, each with a reason a person can read', async () => {
    const leads = (await runFiles.jsonl(runDir, 'leads.jsonl')).map((line) => leadSchema.parse(line));
    expect(leads.map(({ rank }) => rank)).toEqual(leads.map((_lead, i) => i + 1));
    const scores = leads.map(({ score }) => score.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBeGreaterThan(5);
    for (const lead of leads) {
      expect(lead.match.reasons.map(({ text }) => text)).toContain('Industry Software is on your list');
      expect(lead.score.rationale).toMatch(/^(For it|Nothing speaks strongly for it)/);
    }
    const csv = await runFiles.csv(runDir);
    expect(csv.map(({ company_id: id }) => id)).toEqual(leads.map(({ company }) => company.company_id));
  });

  it('keeps simulated people out of reach: every address ends in .invalid', async () => {
    const leads = (await runFiles.jsonl(runDir, 'leads.jsonl')).map((line) => leadSchema.parse(line));
    const emails = leads.flatMap(({ contacts }) => contacts.map(({ email }) => email));
    expect(emails.length).toBeGreaterThan(20);
    expect(emails.filter((email) => !email?.endsWith('.invalid'))).toEqual([]);
  });

  it('enriched through real vendors’ adapters, and says what they cost', () => {
    const usage = result.last().usage as { vendor: string; calls: number; cost_micro: number }[];
    expect(usage.length).toBeGreaterThanOrEqual(3);
    for (const { calls } of usage) expect(calls).toBeGreaterThan(0);
    expect(Number(result.last().simulated_cost_usd)).toBeGreaterThan(0);
    // Nobody was paid.
    expect(result.last().cost_usd).toBe('0.00');
  });

  it('gives a verdict on each stage’s latency budget', () => {
    const verdicts = result.last().verdicts as { stage: string; within: boolean }[];
    expect(verdicts.map(({ stage }) => stage)).toEqual(['plan', 'normalize', 'enrich', 'export']);
    expect(verdicts.filter(({ within }) => !within)).toEqual([]);
  });

  it('stops everything it started', async () => {
    await expectNothingRuns(dataDir);
  });

  it('gives identical leads for identical input, from the ledger as well', async () => {
    const again = await runLeadgen(MAIN_JOB, await withoutRedis(dataDir));
    const leads = async (dir: string): Promise<string> => readFile(join(dir, 'leads.jsonl'), 'utf8');
    expect(await leads(String(again.last().run_dir))).toBe(await leads(runDir));
    const usage = again.last().usage as { calls: number; cached: number }[];
    expect(usage.every(({ cached }) => cached > 0)).toBe(true);
  });
});

describe('an interrupted main job', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: exits %i and leaves no process', async (signal, exitCode) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'leadgen-interrupted-'));
    try {
      const run = startLeadgen(MAIN_JOB, await withoutRedis(dataDir));
      await waitUntil(() => run.stdout().includes('"phase":"enrich"'), {
        timeoutMs: 60_000,
        what: 'it enriches',
      });
      run.child.kill(signal);
      const result = await run.ended;
      expect(result.exitCode).toBe(exitCode);
      expect(result.last()).toMatchObject({ event: 'result', exit_code: exitCode });
      await expectNothingRuns(dataDir);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

/** Neither a process that works in the folder nor the Redis whose data are there. */
async function expectNothingRuns(dataDir: string): Promise<void> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    // A process may end while it is looked at, and others' may not be read.
    pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')),
  );
  expect(environments.filter((text) => text.includes(`LEADGEN_DATA_DIR=${dataDir}\0`))).toEqual([]);
  const config = await readFile(join(dataDir, 'redis/redis.conf'), 'utf8');
  const port = Number(/^port (\d+)$/m.exec(config)?.[1]);
  await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
}
