import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRedis } from '#libs/redis';
import { useTestRedis, waitUntil } from '#libs/testing';
import { leadgen, ROOT, type Ended } from '../test/leadgen';

/** On a busy machine a command takes long to begin. */
const PATIENCE_MS = 100_000;
const SCRIPT = join(ROOT, 'scripts/run-orchestrator');

describe('scripts/run-orchestrator', () => {
  const redis = useTestRedis();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'run orchestrator '));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const logDir = (): string => join(folder, 'logs');
  const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    leadgen(words, { cwd: folder, program: SCRIPT, env });
  /** Starts a run in a cell without workers, which it waits for, and sends a signal meanwhile. */
  async function interrupted(signal: NodeJS.Signals, whom: 'script' | 'run'): Promise<Ended> {
    const client = createRedis(redis.url, {});
    // Of the tests before, which asked here, too.
    await client.config('RESETSTAT');
    const ended = await leadgen(['--tenant-id', 'acme'], {
      cwd: folder,
      program: SCRIPT,
      env: { REDIS_URL: redis.url, ORCHESTRATOR_LOG_DIR: logDir() },
      started: (child) => {
        // By a script it asks who works here.
        const atWork = async (): Promise<boolean> =>
          (await client.info('commandstats')).includes('cmdstat_eval');
        void waitUntil(atWork, { timeoutMs: PATIENCE_MS, what: 'the command is at work' }).then(async () => {
          const pid = child.pid ?? 0;
          process.kill(whom === 'script' ? pid : await childOf(pid), signal);
        });
      },
    });
    client.disconnect();
    return ended;
  }

  it('without ORCHESTRATOR_LOG_DIR is leadgen run, of source cron: NDJSON, messages and exit code are its', async () => {
    const { exitCode, stderr, result } = await run(['--tenant-id', 'acme', '--limit', 'many']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/^leadgen: --limit "many": give a whole number/),
    });
    expect(result).toMatchObject({ event: 'result', exit_code: 2 });
    expect((await run(['--help'])).stdout).toContain('Usage: leadgen run');
    // A slot needs a tick: cron's source makes one.
    expect((await run(['--slot', 'day', '--limit', 'many'])).stderr).not.toContain('of which schedule');
  });

  it('tells the run of SIGTERM, waits for it to clean up, and ends with 143 and one line', async () => {
    const ended = await interrupted('SIGTERM', 'script');
    expect(ended.exitCode).toBe(143);
    expect(ended.stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^leadgen: rejected \(exit 143\): .*\[exit code 143, log .*\]$/),
    ]);
  });

  it('says of a run that was killed that it has left no result, and ends with its code', async () => {
    const ended = await interrupted('SIGKILL', 'run');
    expect(ended.exitCode).toBe(137);
    expect(ended.stderr).toMatch(/leadgen: the run ended without a result \[exit code 137, log .*\]\n$/);
  });

  it('leaves the run’s output in a file of its own, and tells an alert command that fails', async () => {
    const env = { ORCHESTRATOR_LOG_DIR: logDir(), ORCHESTRATOR_ALERT_COMMAND: 'exit 9' };
    const ended = await run(['--tenant-id', 'acme', '--limit', 'many'], env);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toContain('run-orchestrator: the alert command failed');
    const [log = '', ...others] = await readdir(logDir());
    expect(others).toEqual([]);
    expect(await readFile(join(logDir(), log), 'utf8')).toContain('{"event":"result","exit_code":2');
  });

  it.each([
    [{ ORCHESTRATOR_LOG_DIR: '/proc/no-such-folder' }, /cannot be written: nothing was started/],
    [{ ORCHESTRATOR_LOG_KEEP_DAYS: 'ten' }, /ORCHESTRATOR_LOG_KEEP_DAYS=ten: give a number of days/],
  ])('starts nothing with %j', async (env, message) => {
    const ended = await run(['--tenant-id', 'acme'], { ORCHESTRATOR_LOG_DIR: logDir(), ...env });
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(message);
  });
});

describe('leadgen summary', () => {
  it('finds the result between logs, and ends with its code', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'summary-'));
    const lines = [
      '{"event":"accepted","run_id":"run_1"}',
      '{"event":"result","exit_code":6,"state":"partial","tenant_id":"acme","message":"9 leads, 1 failed"}',
      '{"level":"info","service":"orchestrator","msg":"said afterwards"}',
    ];
    await writeFile(join(folder, 'run.ndjson'), `${lines.join('\n')}\n`);
    await writeFile(join(folder, 'summarize.sh'), `'${join(ROOT, 'bin/leadgen')}' summary <run.ndjson\n`);
    const ended = await leadgen(['summarize.sh'], { cwd: folder, program: '/bin/sh' });
    await rm(folder, { recursive: true });
    expect(ended).toMatchObject({
      exitCode: 6,
      stdout: 'leadgen acme: partial (exit 6): 9 leads, 1 failed\n',
    });
  });
});

/** The process that the script has started. */
async function childOf(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}
