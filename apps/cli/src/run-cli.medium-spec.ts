import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRedis } from '#libs/redis';
import { startTestRedis, waitUntil, type TestRedis } from '#libs/testing';
import { holdDataDir } from '../test/hold-data-dir';
import { leadgen, ROOT, type Ended } from '../test/leadgen';

/** Patience, not a promise: on a busy machine a command takes long to begin. */
const PATIENCE_MS = 100_000;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-cli-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  leadgen(words, { cwd: folder, env });
const acme = ['run', '--tenant-id', 'acme'];

/** What every refusal has in common: exit code, message for a person, last line for a script. */
function expectRefusal(ended: Ended, exitCode: number, code: string, message: RegExp): void {
  expect(ended.stderr).toMatch(message);
  expect(ended.result).toMatchObject({
    event: 'result',
    exit_code: exitCode,
    state: 'rejected',
    error: { code },
  });
  expect(ended.exitCode).toBe(exitCode);
}

/** Waits for that, or for the command's end: how it ended then says what went wrong. */
function onceItIs(what: string, command: ChildProcess, holds: () => Promise<boolean>): Promise<void> {
  return waitUntil(async () => command.exitCode !== null || (await holds()), {
    timeoutMs: PATIENCE_MS,
    what: `the command is ${what}`,
  });
}

describe('leadgen says what to correct, exits with 2 and starts nothing:', () => {
  it.each<[words: string[], code: string, message: RegExp]>([
    [[], 'usage', /leadgen demo/],
    [['rnu'], 'usage', /unknown command 'rnu' \(Did you mean run\?\).*leadgen --help/],
    [
      [...acme, '--limt', '5'],
      'usage',
      /unknown option '--limt' \(Did you mean --limit\?\).*leadgen run --help/,
    ],
    [[...acme, '--limit'], 'usage', /'--limit <n>' argument missing/],
    [[...acme, 'companies.csv'], 'usage', /too many arguments/],
    [['run'], 'usage', /--tenant-id <id>.*ORCHESTRATOR_TENANT_ID/],
    [[...acme, '--limit', 'many'], 'usage', /--limit "many": give a whole number/],
    [[...acme, '--icp-payload', '{industries:[software]}'], 'invalid_icp', /not valid JSON.*single quotes/],
    [[...acme, '--icp-payload', '{"industries":["softwear"]}'], 'invalid_icp', /nearest are "software"/],
    [[...acme, '--companies', 'none.csv'], 'input_not_found', /none\.csv: there is no such file/],
    [[...acme, '--no-wait'], 'usage', /--no-wait needs REDIS_URL/],
    [['status', '--tenant-id', 'acme', '--run-id', 'run_1'], 'usage', /a run id looks like/],
    [['status', '--tenant-id', 'acme', '--thread-id', 'q3'], 'usage', /REDIS_URL is not set/],
  ])('%j', async (words, code, message) => {
    expectRefusal(await run(words), 2, code, message);
    expect(existsSync(join(folder, '.leadgen'))).toBe(false);
  });

  it.each<[env: Record<string, string>, message: RegExp]>([
    [{ LEADGEN_CELL: 'No Blanks' }, /LEADGEN_CELL="No Blanks": use 1–32 of/],
    [
      { ORCHESTRATOR_OFFLINE: 'maybe', REDIS_URL: 'http://user:hunter2@host' },
      /2 setting\(s\)[\s\S]*OFFLINE[\s\S]*REDIS_URL/,
    ],
    [{ REDIS_URL_FILE: '/no/such/file' }, /REDIS_URL_FILE="\/no\/such\/file": cannot be read/],
  ])('%j', async (env, message) => {
    const ended = await run(acme, env);
    expectRefusal(ended, 2, 'config_invalid', message);
    expect(ended.stdout + ended.stderr).not.toContain('hunter2');
  });
});

describe('a misspelt setting', () => {
  it('is warned of by the command, and by every process it starts', async () => {
    await writeFile(join(folder, 'companies.csv'), 'name,website\nAcme,acme.com\n');
    const ended = await run([...acme, '--icp-payload', '{}', '--companies', 'companies.csv'], {
      ORCHESTRATOR_OFFLINE: '1',
      LEADGEN_LOG_LEVELS: 'debug',
    });
    expect(ended.exitCode).toBe(0);
    const warning = 'LEADGEN_LOG_LEVELS is not a setting and was ignored: did you mean LEADGEN_LOG_LEVEL?';
    expect(ended.stderr).toContain(warning);
    for (const app of ['normalize', 'enrich', 'export', 'vendor-sim']) {
      expect(await readFile(join(folder, '.leadgen/logs', `${app}.log`), 'utf8')).toContain(warning);
    }
  });
});

describe('companies from stdin', () => {
  it.each([
    ['</dev/null', 'input_empty', /--companies - \(stdin\) is empty/],
    ['< <(printf "PK\\003\\004\\000")', 'input_not_text', /--companies - \(stdin\) is not text/],
  ])('%s are refused as those of a file, and nothing is kept of them', async (input, code, message) => {
    const line = `'${join(ROOT, 'bin/leadgen')}' run --tenant-id acme --companies - ${input}`;
    const dataDir = join(folder, 'data');
    const ended = await leadgen(['-c', line], {
      cwd: folder,
      env: { LEADGEN_DATA_DIR: dataDir },
      program: '/bin/bash',
    });
    expectRefusal(ended, 2, code, message);
    expect(await readdir(join(dataDir, 'spool'))).toEqual([]);
  });
});

describe('the data folder', () => {
  it('that another leadgen works in is left to it', async () => {
    const dataDir = join(folder, 'data');
    const holder = await holdDataDir(dataDir);
    const ended = await run(acme, { LEADGEN_DATA_DIR: dataDir });
    holder.kill('SIGKILL');
    expectRefusal(
      ended,
      2,
      'data_dir_locked',
      new RegExp(`leadgen \\(process ${holder.pid}\\) works in ${dataDir}`),
    );
  });

  it('that cannot be written is refused, naming the setting', async () => {
    await writeFile(join(folder, 'file'), '');
    const ended = await run(acme, { LEADGEN_DATA_DIR: join(folder, 'file/data') });
    expectRefusal(ended, 2, 'data_dir_unusable', /file\/data cannot be written.*set LEADGEN_DATA_DIR/);
  });

  it('a folder of objects that is a file is named with its own setting, and nothing is started', async () => {
    await writeFile(join(folder, 'file'), '');
    const dirs = {
      LEADGEN_DATA_DIR: join(folder, 'data'),
      LEADGEN_STORAGE_DIR: join(folder, 'file/objects'),
    };
    const ended = await run(acme, dirs);
    expectRefusal(ended, 2, 'data_dir_unusable', /file\/objects cannot be written.*set LEADGEN_STORAGE_DIR/);
    expect(existsSync(join(folder, 'data/redis'))).toBe(false);
  });
});

describe('a Redis that is not there', () => {
  it('is an exit with 69 within five seconds, naming the address and the ways out', async () => {
    const ended = await run(acme, { REDIS_URL: 'redis://:hunter-of-none@127.0.0.1:1' });
    expectRefusal(
      ended,
      69,
      'redis_unreachable',
      /Redis at 127\.0\.0\.1:1 does not answer.*correct REDIS_URL, or unset/,
    );
    expect(ended.ownMs).toBeLessThan(5_000);
    expect(ended.stdout + ended.stderr).not.toContain('hunter-of-none');
  });

  it('is that as well when something listens and says nothing', async () => {
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as { port: number };
    const ended = await run(acme, { REDIS_URL: `redis://127.0.0.1:${port}` });
    mute.close();
    expectRefusal(ended, 69, 'redis_unreachable', /does not answer/);
    expect(ended.ownMs).toBeLessThan(5_000);
  });
});

describe('a Redis that leaves while a command uses it', () => {
  it.each(['SIGKILL', 'SIGSTOP'] as const)('by %s is an exit with 69, not a hang', async (signal) => {
    const redis = await startTestRedis();
    const client = createRedis(redis.url, {});
    const ended = await leadgen(acme, {
      cwd: folder,
      env: { REDIS_URL: redis.url },
      started: (child) => {
        // By a script it asks who works here.
        const atWork = async (): Promise<boolean> =>
          (await client.info('commandstats')).includes('cmdstat_eval');
        void onceItIs('at work', child, atWork).then(() => process.kill(redis.pid, signal));
      },
    });
    client.disconnect();
    if (signal === 'SIGSTOP') process.kill(redis.pid, 'SIGCONT');
    await redis.stop();
    expectRefusal(ended, 69, 'redis_unreachable', /Redis stopped answering.*leadgen status/);
    expect(ended.stderr).not.toContain('[ioredis]');
    expect(ended.ownMs).toBeLessThan(8_000);
  });
});

describe('a cell without workers', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(() => redis.stop());

  it('is an exit with 69 after ten seconds, naming the stages and how to start their workers', async () => {
    const ended = await run(acme, { REDIS_URL: redis.url });
    expectRefusal(
      ended,
      69,
      'worker_absent',
      /no live worker for: normalize, enrich, export\. Start them.*main\.js/,
    );
    expect(ended.ownMs).toBeLessThan(15_000);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is left on %s with exit code %i, also in the last line', async (signal, exitCode) => {
    const client = createRedis(redis.url, {});
    const ended = await leadgen(acme, {
      cwd: folder,
      env: { REDIS_URL: redis.url },
      started: (child) => {
        // Once it is connected it waits for workers.
        const connected = async (): Promise<boolean> =>
          !(await client.info('clients')).includes('connected_clients:1\r');
        void onceItIs('connected', child, connected).then(() => child.kill(signal));
      },
    });
    client.disconnect();
    expect(ended).toMatchObject({ exitCode, result: { event: 'result', exit_code: exitCode } });
    // It would wait ten seconds for workers.
    expect(ended.ownMs).toBeLessThan(9_000);
  });

  it('says of a run nobody has heard of that there is none', async () => {
    const words = ['status', '--tenant-id', 'acme', '--run-id', 'run_01J8ZC4N5Q6R7S8T9VWXYZ0123'];
    expectRefusal(
      await run(words, { REDIS_URL: redis.url }),
      2,
      'run_not_found',
      /run_01J8ZC4N5Q6R7S8T9VWXYZ0123/,
    );
  });
});

describe('leadgen --help', () => {
  it.each([
    [['--help'], /leadgen run --tenant-id acme --companies/],
    [['run', '--help'], /Examples:[\s\S]*--icp-payload @icp\.json[\s\S]*Exit codes:/],
    [['help', 'status'], /leadgen status --tenant-id/],
  ])('%j teaches by example and exits with 0, also with wrong settings', async (words, message) => {
    const { exitCode, stdout, stderr } = await run(words, { LEADGEN_CELL: 'No Blanks' });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(message);
  });

  it('and --version take less than a second of work', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const script = join(folder, 'timed.sh');
    // The shell's own account of what its children used: a busy machine does not change it.
    await writeFile(script, `'${join(ROOT, 'bin/leadgen')}' --version\ntimes\n`);
    const { stdout } = await leadgen([script], { cwd: folder, program: '/bin/sh' });
    const [answer, , children = ''] = stdout.split('\n');
    const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
    expect(answer).toBe(version);
    expect(seconds).toHaveLength(2);
    expect(seconds.reduce((sum, part) => sum + part, 0)).toBeLessThan(1);
  });
});

describe('bin/leadgen', () => {
  it('works through links, absolute and relative, from a folder with blanks, with cron’s PATH', async () => {
    const bin = join(folder, 'my bin');
    await mkdir(bin);
    await symlink(join(ROOT, 'bin/leadgen'), join(bin, 'absolute'));
    await symlink('absolute', join(bin, 'relative'));
    const ended = await leadgen(['--version'], { cwd: bin, program: './relative' });
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('ends quietly when its reader has left', async () => {
    await writeFile(join(folder, 'piped.sh'), `'${join(ROOT, 'bin/leadgen')}' run --help | head -n 1\n`);
    const ended = await leadgen([join(folder, 'piped.sh')], { cwd: folder, program: '/bin/sh' });
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
