import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLeadgen, testRedisPath, waitUntil, type LeadgenRun } from '#libs/testing';
import { createVendorRegistry } from '#libs/vendors';

/** On an idle machine it takes half a minute: two windows of waiting, and starting and ending. */
const MOST_MS = 180_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-rehearse-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** `leadgen rehearse --json`, its data folder not there yet. */
async function start(words: readonly string[]): Promise<LeadgenRun> {
  const env = { PATH: await testRedisPath(), LEADGEN_DATA_DIR: join(folder, 'data') };
  return startLeadgen(['rehearse', ...words, '--json'], env, MOST_MS);
}

/** Processes that know of this test's folder. */
function processesOfTest(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
    .filter((pid) => ['cmdline', 'environ'].some((file) => readProc(pid, file).includes(folder)));
}

/** Empty for a process that is gone, or another user's. */
function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    expect(['ENOENT', 'ESRCH', 'EACCES', 'EPERM']).toContain((error as NodeJS.ErrnoException).code);
    return '';
  }
}

/** Whoever is asked first for contacts, as most runs do. */
const VENDOR =
  createVendorRegistry({ access: {}, offline: false })
    .standings()
    .flatMap(({ descriptor: { id, services } }) => services.map((service) => ({ id, ...service })))
    .filter(({ op }) => op === 'find_contacts')
    .sort((a, b) => a.order - b.order)[0]?.id ?? '';
const CAP = ['--cap', '10', '--window', '10s', '--companies', '12', '--tenants', '2'];
/** More of each tenant than the cap holds, and most of them park at once. */
const CROWD = ['--cap', '30', '--window', '5s', '--companies', '50', '--tenants', '2'];

describe('leadgen rehearse', () => {
  it('shows a run pause on a cap and go on, proves that the cap was kept, and leaves nothing behind', async () => {
    const rehearsed = await (await start(['--vendor', VENDOR, ...CAP])).ended;
    const verdict = rehearsed.last();
    const findings = verdict.findings as { what: string }[];
    const finding = (what: string): object | undefined => findings.find((each) => each.what === what);
    expect(verdict).toMatchObject({ event: 'result', exit_code: 0, state: 'passed' });
    expect(rehearsed.exitCode).toBe(0);
    expect(finding('over the cap')).toMatchObject({ found: '0', passed: true });
    expect(finding('paid twice')).toMatchObject({ found: '0', passed: true });
    expect(finding('paused and resumed')).toMatchObject({ passed: true });
    expect(finding('runs completed')).toMatchObject({ found: '2 of 2' });
    const types = rehearsed.lines().map(({ type }) => type);
    expect(types.indexOf('run_paused')).toBeGreaterThan(-1);
    expect(types.indexOf('run_resumed')).toBeGreaterThan(types.indexOf('run_paused'));
    expect(existsSync(join(folder, 'data'))).toBe(false);
    expect(processesOfTest()).toEqual([]);
  });

  it('shows that tenants whose companies all park at once share the cap', async () => {
    const verdict = (await (await start(['--vendor', VENDOR, ...CROWD])).ended).last();
    const findings = verdict.findings as { what: string; found: string; passed: boolean }[];
    process.stdout.write(`${JSON.stringify({ e2e: 'rehearse', findings })}\n`);
    expect(findings.find(({ what }) => what === 'shared')).toMatchObject({ passed: true });
    expect(verdict.state).toBe('passed');
  });

  it('ends on Ctrl-C in the middle with 130, and leaves no process and no folder behind', async () => {
    const { child, stdout, ended } = await start(['--vendor', VENDOR, ...CAP]);
    const paused = (): Promise<boolean> => Promise.resolve(stdout().includes('"run_paused"'));
    await waitUntil(paused, { timeoutMs: MOST_MS / 2, what: 'a run is paused' });
    expect(processesOfTest()).not.toEqual([]);
    child.kill('SIGINT');
    const interrupted = await ended;
    expect(interrupted.exitCode).toBe(130);
    expect(interrupted.last()).toMatchObject({
      event: 'result',
      exit_code: 130,
      error: { code: 'run_stopped' },
    });
    expect(existsSync(join(folder, 'data'))).toBe(false);
    expect(processesOfTest()).toEqual([]);
  });

  it.each([
    [[], /which vendor\? pass --vendor with one of \w+, \w+/],
    [['--vendor', 'nobody', '--cap', '5'], /--vendor "nobody": give one of/],
    [['--vendor', VENDOR], /pass --cap <n>/],
    [['--vendor', VENDOR, '--cap', '0'], /--cap "0": give a whole number from 1/],
    [['--vendor', VENDOR, '--cap', '5', '--window', '0s'], /--window "0s": give a duration like 60s/],
  ])('%j is refused with 2, naming the fix, and starts nothing', async (words, message) => {
    const refused = await (await start(words)).ended;
    expect(refused.exitCode).toBe(2);
    expect(refused.lines()).toEqual([
      expect.objectContaining({ event: 'result', exit_code: 2, state: 'rejected' }),
    ]);
    expect(refused.stderr).toMatch(message);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});
