import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { RunRepository } from '#libs/run-state';
import { onlyVendors, plainCompaniesCsv, startTestCell, waitUntil, type TestCell } from '#libs/testing';
import { leadgen, ROOT, type Ended } from '../test/leadgen';
import { EXIT_CODES } from './help/exit-codes';

/** Who asks nobody, who waits at a closed cap, whose vendor does not answer, and whose vendor breaks off. */
const TENANTS = {
  default: { waterfalls: onlyVendors({}) },
  capped: { waterfalls: onlyVendors({ enrich_company: ['apollo'] }) },
  slow: { waterfalls: onlyVendors({ crawl_website: ['web'] }) },
  doubtful: { waterfalls: onlyVendors({ find_signals: ['tavily'] }) },
};

let cell: TestCell;
let redis: RedisClient;
let runs: RunRepository;
let folder: string;
let companies: string;
/** Takes ten seconds, beside the others. */
let failing: Promise<Ended>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-exits-'));
  companies = join(folder, 'companies.csv');
  await writeFile(companies, plainCompaniesCsv(2, { tag: 'exits' }));
  cell = await startTestCell({ tenants: TENANTS, env: { LEADGEN_LOG_LEVEL: 'warn' } });
  redis = createRedis(cell.redis.url, workerConnectionOptions());
  await redis.connect();
  runs = new RunRepository(redis, new CellKeys('main'));
  await cell.control('POST', 'faults', { vendor: 'tavily', kind: 'reset', count: 1 });
  await cell.control('POST', 'faults', { vendor: 'web', kind: 'timeout_before_effect' });
  const closed = await shell(['vendors', 'close', '--vendor', 'apollo', '--for', '1h', '--why', 'a test']);
  // With the cap open the run would end, and one would wait in vain for it to pause.
  expect(closed).toMatchObject({ exitCode: 0, result: { exit_code: 0 } });
  failing = runOfUnseenFile();
});
afterAll(async () => {
  await closeRedis(redis);
  await cell.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Asked {
  env?: Readonly<Record<string, string>>;
  /** Once its run is under way. */
  underWay?: (child: ChildProcess) => void;
  program?: string;
}

function whenUnderWay(child: ChildProcess, act: (child: ChildProcess) => void): void {
  let text = '';
  const look = (piece: Buffer): void => {
    text += piece.toString();
    if (!text.includes('"type":"run_start"')) return;
    child.stdout?.off('data', look);
    act(child);
  };
  child.stdout?.on('data', look);
}

const shell = (words: readonly string[], { env, underWay, program }: Asked = {}): Promise<Ended> =>
  leadgen(words, {
    cwd: folder,
    env: { ...cell.env, ...env },
    ...(program !== undefined && { program }),
    ...(underWay && { started: (child) => whenUnderWay(child, underWay) }),
  });
const runOf = (tenant: string, ...more: string[]): string[] => [
  'run',
  '--tenant-id',
  tenant,
  '--companies',
  companies,
  ...more,
];
const run = (tenant: string, more: readonly string[] = [], asked: Asked = {}): Promise<Ended> =>
  shell(runOf(tenant, '--icp-payload', '{}', ...more), asked);

/** A run that is on its way to the closed cap, as a command names it. */
async function cappedRun(): Promise<{ runId: string; named: string[] }> {
  const { exitCode, result, stderr } = await run('capped', ['--no-wait']);
  const { run_id: runId } = result as { run_id?: string };
  if (exitCode !== 0 || runId === undefined) throw new Error(`no run was started: ${exitCode} ${stderr}`);
  return { runId, named: ['--tenant-id', 'capped', '--run-id', runId] };
}
async function waitingRun(): Promise<string[]> {
  const { runId, named } = await cappedRun();
  await waitUntil(async () => (await runs.state({ tenantId: 'capped', runId })) === 'paused', {
    timeoutMs: 60_000,
    what: 'it waits at its cap',
  });
  return named;
}
const wait = (named: readonly string[]): Promise<Ended> =>
  shell(['status', ...named, '--wait', '--timeout', '1']);
const signalled = (signal: NodeJS.Signals) => (): Promise<Ended> =>
  run('capped', [], { underWay: (child) => child.kill(signal) });

/** Its workers try several times to read what is not there. */
async function runOfUnseenFile(): Promise<Ended> {
  const file = join(folder, 'unseen.csv');
  await writeFile(file, plainCompaniesCsv(2, { tag: 'unseen' }));
  return run('acme', ['--companies', file], { env: { LEADGEN_STORAGE_DIR: join(folder, 'elsewhere') } });
}

interface Row {
  code: number;
  what: string;
  end: () => Promise<Ended>;
  /** Of the result line, one or the other; undefined: there is none. */
  state?: string;
  /** What stderr says to do. */
  fix: RegExp;
}

const ROWS: readonly Row[] = [
  {
    code: 0,
    what: 'when a run of companies from stdin completes',
    end: () => {
      const line = `cat '${companies}' | '${join(ROOT, 'bin/leadgen')}' run --tenant-id acme --companies - --icp-payload '{}'`;
      return shell(['-c', line], { program: '/bin/bash' });
    },
    state: 'completed',
    fix: /^$/,
  },
  {
    code: 2,
    what: 'when a flag is mistyped',
    end: () => run('acme', ['--limt', '5']),
    state: 'rejected',
    fix: /Did you mean --limit\?/,
  },
  {
    code: 3,
    what: 'when the run waits at a cap at the deadline',
    end: async () => wait(await waitingRun()),
    state: 'paused',
    fix: /resumes \d{4}-.*\n.*leadgen vendors shows the caps/,
  },
  {
    code: 4,
    what: 'when nobody said who is looked for',
    end: () => shell(runOf('acme')),
    state: 'needs_input',
    fix: /Who is the ideal customer\? Pass a profile \(--icp-payload/,
  },
  {
    code: 5,
    what: 'when the run goes on at the deadline',
    end: () => run('slow', ['--timeout', '1']),
    state: 'running',
    fix: /leadgen status --tenant-id slow --run-id run_\w+ --wait/,
  },
  {
    code: 6,
    what: 'when a company is in doubt',
    end: () => run('doubtful'),
    state: 'partial',
    fix: /1 with problems.*\n.*leadgen retry --tenant-id doubtful --run-id run_\w+ --dry-run/,
  },
  {
    code: 7,
    what: 'when somebody cancels the run',
    end: async () => {
      const { named } = await cappedRun();
      await shell(['cancel', ...named]);
      return wait(named);
    },
    state: 'cancelled',
    fix: /Cancelled by a person\n.*leadgen leads --tenant-id capped/,
  },
  {
    code: 69,
    what: 'when Redis is not there',
    end: () => run('acme', [], { env: { REDIS_URL: 'redis://127.0.0.1:1' } }),
    state: 'rejected',
    fix: /start it, correct REDIS_URL/,
  },
  {
    code: 78,
    what: 'when a server process is not told its Redis',
    end: () =>
      shell([join(ROOT, 'dist/apps/normalize/src/main.js')], {
        env: { REDIS_URL: '' },
        program: process.execPath,
      }),
    fix: /"exit_code":78,.*REDIS_URL is not set: name the cell’s Redis/,
  },
  {
    code: 129,
    what: 'when its terminal is closed',
    end: signalled('SIGHUP'),
    state: 'running|paused',
    fix: /It goes on without this command: leadgen status/,
  },
  {
    code: 130,
    what: 'on Ctrl-C',
    end: signalled('SIGINT'),
    state: 'running|paused',
    fix: /It goes on without this command: leadgen status/,
  },
  {
    code: 141,
    what: 'when its reader has left',
    end: async () => {
      const line = `'${join(ROOT, 'bin/leadgen')}' ${runOf('capped', '--icp-payload', '{}').join(' ')} | head -n 1 >/dev/null`;
      return shell(['-c', `${line}; exit "\${PIPESTATUS[0]}"`], { program: '/bin/bash' });
    },
    fix: /It goes on without this command: leadgen status/,
  },
  {
    code: 143,
    what: 'on SIGTERM',
    end: signalled('SIGTERM'),
    state: 'running|paused',
    fix: /It goes on without this command: leadgen status/,
  },
  {
    code: 1,
    what: 'when a run fails, since its companies are not where the workers look',
    end: () => failing,
    state: 'failed',
    fix: /LEADGEN_STORAGE_DIR.*\n.*leadgen events --tenant-id acme --run-id run_/,
  },
];

describe('a process ends with', () => {
  it.each(ROWS)(
    '$code $what, says so to a script and to a person what to do',
    async ({ code, end, state, fix }) => {
      const ended = await end();
      expect(ended.exitCode).toBe(code);
      if (state === undefined) expect(ended.stdout).toBe('');
      else {
        const stands = expect.stringMatching(new RegExp(`^(${state})$`));
        expect(ended.result).toMatchObject({ event: 'result', exit_code: code, state: stands });
      }
      expect(ended.stderr).toMatch(fix);
      expect(ended.stderr).not.toMatch(/^ {4}at /m);
    },
  );

  it('each code that the help explains, and no other', () => {
    const known = EXIT_CODES.map(([code]) => code);
    expect(ROWS.map(({ code }) => code).sort((a, b) => a - b)).toEqual(known);
  });
});
