import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { addRunOptions, parseRunOptions, type RunOptions } from './run-options';

const before = { ...process.env };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-options-'));
});
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

/** Options as `leadgen run` gets them from these words and this environment. */
function parse(words: readonly string[], env: Readonly<Record<string, string>> = {}): RunOptions {
  Object.assign(process.env, env);
  const command = addRunOptions(new Command('run')).exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  return parseRunOptions(command.parse(words, { from: 'user' }).opts());
}

const ICP = '{"industries":["software"]}';
const tenant = ['--tenant-id', 'acme'];

describe('a profile in a file', () => {
  function refusal(text: string): string {
    const file = join(folder, 'icp.json');
    writeFileSync(file, text);
    try {
      parse([...tenant, '--icp-payload', `@${file}`]);
    } catch (error) {
      return (error as Error).message;
    }
    return 'none';
  }

  it('that is no JSON is refused by the file’s name, without advice about shells', () => {
    const said = refusal('{"industries":["software"],}');
    expect(said).toMatch(/is not valid JSON: .* at character 28/);
    expect(said).toContain(`Correct the file ${join(folder, 'icp.json')}`);
    expect(said).not.toMatch(/shell|quotes, put/);
  });

  it('may begin with a byte order mark', () => {
    expect(refusal(`\uFEFF${ICP}`)).toBe('none');
  });
});

describe('the options of a run', () => {
  it('need nothing but a tenant', () => {
    const options = parse(tenant);
    expect(options).toEqual({
      request: {
        tenant_id: 'acme',
        input: 'run full pipeline',
        mode: 'full',
        limit: 50,
        export: ['csv', 'jsonl'],
      },
      companiesFile: undefined,
      wait: true,
      timeoutMs: 6 * 3_600_000,
      idempotencyKey: undefined,
      series: { source: 'cli', tick: undefined, overlap: 'allow' },
      json: false,
    });
  });

  const FLAGS: readonly [flag: string, variable: string, text: string, expected: unknown][] = [
    ['--tenant-id', 'TENANT_ID', 'acme-2', { request: { tenant_id: 'acme-2' } }],
    ['--input', 'INPUT', 'only score them', { request: { input: 'only score them' } }],
    ['--icp-payload', 'ICP_PAYLOAD', ICP, { request: { icp: { industries: ['software'] } } }],
    ['--thread-id', 'THREAD_ID', 'q3.emea', { request: { thread_id: 'q3.emea' } }],
    ['--user-id', 'USER_ID', 'ann', { request: { user_id: 'ann' } }],
    ['--run-mode', 'RUN_MODE', 'dry-run', { request: { mode: 'dry-run' } }],
    ['--companies', 'COMPANIES', '/data/all.csv', { companiesFile: '/data/all.csv' }],
    ['--limit', 'LIMIT', '7', { request: { limit: 7 } }],
    ['--budget', 'BUDGET', '2.5', { request: { budget_micro_usd: 2_500_000 } }],
    ['--export', 'EXPORT', 'jsonl, csv', { request: { export: ['jsonl', 'csv'] } }],
    ['--new-only', 'NEW_ONLY', '1', { request: { new_only: true } }],
    ['--new-only', 'NEW_ONLY', 'false', { request: { new_only: false } }],
    ['--timeout', 'TIMEOUT_S', '90', { timeoutMs: 90_000 }],
    ['--idempotency-key', 'IDEMPOTENCY_KEY', 'tick-1', { idempotencyKey: 'tick-1' }],
    [
      '--schedule',
      'SCHEDULE',
      'nightly',
      { series: { tick: { schedule: 'nightly', slot: 'minute' } }, request: { thread_id: 'nightly' } },
    ],
    ['--source', 'SOURCE', 'cron', { series: { source: 'cron', tick: { slot: 'minute' } } }],
  ];

  it.each(FLAGS)('%s and ORCHESTRATOR_%s say the same', (flag, variable, text, expected) => {
    expect(parse([...tenant, flag, text])).toMatchObject(expected as object);
    const fromEnv = { ORCHESTRATOR_TENANT_ID: 'acme', [`ORCHESTRATOR_${variable}`]: text };
    expect(parse([], fromEnv)).toMatchObject(expected as object);
  });

  it('a flag wins over its variable', () => {
    expect(parse(['--tenant-id', 'typed'], { ORCHESTRATOR_TENANT_ID: 'exported' }).request.tenant_id).toBe(
      'typed',
    );
  });

  it.each(FLAGS)('an empty variable of %s is not set', (flag, variable) => {
    const words = flag === '--tenant-id' ? [] : tenant;
    const env = { [`ORCHESTRATOR_${variable}`]: '' };
    if (flag === '--tenant-id') expect(() => parse(words, env)).toThrow(/no tenant/);
    else expect(parse(words, env)).toEqual(parse(tenant));
  });

  it('--new-only alone is a yes', () => {
    expect(parse([...tenant, '--new-only', '--limit', '7']).request).toMatchObject({
      new_only: true,
      limit: 7,
    });
  });

  it('a tick has a slot and a rule for overlaps, and a thread of its own if it is given one', () => {
    const words = [...tenant, '--schedule', 'nightly', '--slot', 'day', '--overlap', 'skip'];
    const series = { source: 'cli', tick: { schedule: 'nightly', slot: 'day' }, overlap: 'skip' };
    expect(parse(words)).toMatchObject({ series, request: { thread_id: 'nightly' } });
    expect(parse([...words, '--thread-id', 'q3'])).toMatchObject({ series, request: { thread_id: 'q3' } });
  });

  it('--no-wait and --json are switches', () => {
    expect(parse([...tenant, '--no-wait', '--json'])).toMatchObject({ wait: false, json: true });
  });

  it('--dry-run is short for its mode, also beside that mode', () => {
    expect(parse([...tenant, '--dry-run']).request.mode).toBe('dry-run');
    expect(parse([...tenant, '--dry-run', '--run-mode', 'dry-run']).request.mode).toBe('dry-run');
    expect(parse([...tenant, '--dry-run'], { ORCHESTRATOR_RUN_MODE: '' }).request.mode).toBe('dry-run');
  });

  it.each([
    [['--run-mode', 'full'], {}],
    [['--run-mode', 'enrich'], {}],
    [[], { ORCHESTRATOR_RUN_MODE: 'full' }],
  ])('--dry-run beside another mode is refused (%j %j)', (words, env) => {
    expect(() => parse([...tenant, '--dry-run', ...words], env)).toThrow(
      /--dry-run and --run-mode .*ORCHESTRATOR_RUN_MODE.*give one of them/,
    );
  });

  it('a companies path is relative to the folder the command runs in, and named in the run', () => {
    const { companiesFile, request } = parse([...tenant, '--companies', 'lists/q3.csv']);
    expect(companiesFile).toBe(join(process.cwd(), 'lists/q3.csv'));
    expect(request.dataset_name).toBe('q3.csv');
  });

  it('take companies from stdin by a dash', () => {
    const { companiesFile, request } = parse([...tenant, '--companies', '-']);
    expect({ companiesFile, name: request.dataset_name }).toEqual({ companiesFile: '-', name: 'stdin' });
  });

  it('an ICP can be in a file', () => {
    writeFileSync(join(folder, 'icp.json'), ICP);
    expect(parse([...tenant, '--icp-payload', `@${join(folder, 'icp.json')}`]).request.icp).toEqual({
      industries: ['software'],
    });
  });
});

describe('a wrong option is refused, naming the flag and the fix:', () => {
  it.each<[words: string[], code: string, message: RegExp]>([
    [[], 'usage', /--tenant-id <id>.*ORCHESTRATOR_TENANT_ID.*e\.g\. leadgen run/],
    [['--tenant-id', 'a/b'], 'invalid_request', /--tenant-id: .*letters, digits/],
    [['--tenant-id', 'a'.repeat(65)], 'invalid_request', /--tenant-id: .*1–64/],
    [['--thread-id', 'a b'], 'invalid_request', /--thread-id: .*letters, digits/],
    [['--user-id', 'u'.repeat(129)], 'invalid_request', /--user-id: .*128/],
    [['--input', '   '], 'invalid_request', /--input: /],
    [['--run-mode', 'fast'], 'invalid_request', /--run-mode: use full, enrich, export-only, dry-run/],
    [['--export', 'csv,xml'], 'invalid_request', /--export: use csv, jsonl/],
    [['--schedule', 'each night'], 'usage', /--schedule: .*letters, digits/],
    [['--schedule', 'nightly', '--slot', '5m'], 'usage', /--slot "5m": use minute, hour, day/],
    [['--slot', 'day'], 'usage', /--slot day: of which schedule\? pass --schedule/],
    [['--overlap', 'skip'], 'usage', /--overlap skip: of which series\? pass --schedule/],
    [['--thread-id', 'q3', '--overlap', 'forbid'], 'usage', /--overlap "forbid": use allow, skip, wait/],
    [['--source', 'api'], 'usage', /--source "api": use cli, cron/],
    [['--budget', '-1'], 'usage', /--budget "-1": give an amount in US dollars/],
    [['--budget', '$5'], 'usage', /--budget "\$5": give an amount in US dollars/],
    [['--limit', '0'], 'usage', /--limit "0": give a whole number from 1 to 1000000/],
    [['--limit', '1000001'], 'usage', /--limit "1000001": .*1000000/],
    [['--limit', '1.5'], 'usage', /--limit "1\.5": give a whole number/],
    [['--limit', 'ten'], 'usage', /--limit "ten": give a whole number/],
    [['--limit', '-3'], 'usage', /--limit "-3": give a whole number/],
    // Beyond what a timer holds it would fire at once.
    [['--timeout', '2000001'], 'usage', /--timeout "2000001": give a whole number from 1 to 2000000/],
    [['--timeout', '1h'], 'usage', /--timeout "1h": give a whole number/],
    [['--icp-payload', '{'], 'invalid_icp', /not valid JSON.*--icp-payload '\{/],
    [
      ['--icp-payload', '@/no/such.json'],
      'invalid_icp',
      /--icp-payload @\/no\/such\.json: .*path of a JSON file/,
    ],
    [
      ['--icp-payload', '{"industrie":["software"]}'],
      'invalid_icp',
      /industrie: .*did you mean "industries"/,
    ],
    [['--icp-payload', '{"employees":{"min":9,"max":2}}'], 'invalid_icp', /min is greater than.*swap/],
  ])('%j', (words, code, message) => {
    const all = words.includes('--tenant-id') || words.length === 0 ? words : [...tenant, ...words];
    const refused = (): unknown => parse(all);
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('several wrong values are all named', () => {
    expect(() => parse([...tenant, '--run-mode', 'fast', '--export', 'xml'])).toThrow(/--run-mode.*--export/);
  });
});
